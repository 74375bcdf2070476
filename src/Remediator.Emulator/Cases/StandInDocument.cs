using System.Text.Json;
using Remediator.Aws;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Emulator.Cases;

/// <summary>
/// The document of one account, and the operations' effects on it. An input that does not fit the model is rejected, as by a service.
/// </summary>
internal sealed class StandInDocument(StandIn standIn, string account, string region)
{
    private readonly Lock _gate = new();
    private readonly Scope _scope = Scope.Empty
        .With("account", Json.Parse($$"""{"id":"{{account}}","region":"{{region}}","partition":"aws"}"""));

    private JsonElement? _state;

    /// <exception cref="AwsException">The operation gives an error.</exception>
    public JsonElement Answer(string operation, JsonElement input)
    {
        lock (_gate)
        {
            var call = standIn.Calls[operation];
            Check(operation, input);
            var scope = _scope.With("input", input).With("state", _state ??= standIn.State.Render(_scope));
            if (call.Error?.Evaluate(scope) is { ValueKind: JsonValueKind.String } code)
            {
                throw new AwsException(operation, code.GetString()!, 400, "stand-in", "The stand-in answers with this error.");
            }

            _state = call.Becomes?.Evaluate(scope) ?? _state;
            return call.Answer?.Evaluate(scope.With("state", _state.Value)) ?? Json.EmptyObject;
        }
    }

    private static void Check(string operation, JsonElement input)
    {
        var model = Operations.Find(operation, CaseEmulator.Model);
        try
        {
            InputCheck.Run(model, input);
            LengthCheck.Run(model, input);
        }
        catch (AwsInputException refused)
        {
            throw new AwsException(operation, "ValidationException", 400, "stand-in", refused.Message);
        }
    }
}
