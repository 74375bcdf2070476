using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Remediator.Operate;
using Remediator.Values;

namespace Remediator.Cli.Doctor;

/// <summary>What the deployed function says of itself, and between which times here it said so.</summary>
internal sealed record FunctionView(Inspection Of, DateTimeOffset Asked, DateTimeOffset Answered)
{
    public const string Output = "OperateFunctionName";

    /// <exception cref="NotSeenException">The function does not know the question.</exception>
    public static async Task<FunctionView> AskAsync(DeploymentView on, CancellationToken ct)
    {
        var name = on.Stack.Outputs.GetValueOrDefault(Output)
            ?? throw new NotSeenException($"The stack has no output {Output}.", "Deploy the template of this version.");
        var question = Json.Write(w =>
        {
            w.WriteStartObject();
            w.WriteBoolean("inspect"u8, true);
            w.WriteString("probe"u8, on.Probe);
            w.WriteEndObject();
        });
        var asked = on.Clock.GetUtcNow();
        var output = await on.Own.CallAsync(
            "lambda:Invoke",
            Answers.Input(
                ("FunctionName", $"{name}:live"), ("Payload", Convert.ToBase64String(Encoding.UTF8.GetBytes(question.GetRawText())))),
            ct);
        var text = Encoding.UTF8.GetString(Convert.FromBase64String(output.TextOf("Payload") ?? ""));
        return output.TextOf("FunctionError") is { } error
            ? throw new NotSeenException($"Not seen: the function {name} fails ({error}): {text}", "Its logs say more.")
            : new(Read(name, text), asked, on.Clock.GetUtcNow());
    }

    private static Inspection Read(string name, string text)
    {
        try
        {
            var answer = Json.Parse(text);
            var files = answer.Member("files");
            return new(
                Required(answer, "version"), new(Required(files, "policy"), Required(files, "playbooks")),
                answer.Member("now").GetDateTimeOffset())
            {
                Stopped = answer.TextOf("stopped"),
                JournalFault = answer.TextOf("journalFault"),
                KeyFault = answer.TextOf("keyFault"),
                HeldRollouts = [.. answer.Each("heldRollouts").Select(r => r.GetString() ?? "")],
                Places = [.. answer.Each("places").Select(Place)],
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new NotSeenException(
                $"Not seen: the function {name} is of a version that does not say what it sees.",
                "Deploy this version: sam build && sam deploy");
        }
    }

    private static InspectedPlace Place(JsonElement place) => new(
        Required(place, "account"), Required(place, "region"), place.TextOf("caller"), place.TextOf("fault"), place.TextOf("probeFault"));

    private static string Required(JsonElement of, string name) =>
        of.TextOf(name) ?? throw new JsonException($"'{name}' is not there.");
}
