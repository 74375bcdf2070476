using System.Text.Json;
using Remediator.Escalate;
using Remediator.Escalate.Forms;
using Remediator.Function.Handlers;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Values;
using YamlDotNet.RepresentationModel;

namespace Remediator.Tests.Escalate;

/// <summary>Buttons in chat: the custom actions of template.yaml, filled from what a notice has as AWS documents it.</summary>
public sealed class ChatActionTests
{
    private const string From = "event.metadata.additionalContext.";
    private const string Function = "remediator-OperateFunction-Jx1bQ";

    private static readonly Dictionary<string, YamlNode> Actions = Read();

    public static TheoryData<string> Reasons => [.. Enum.GetValues<Reason>().Select(r => r.Name())];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Buttons_of_a_notice_are_its_commands_and_the_function_takes_each(string reason)
    {
        var notice = SomeNotice.Of(Enum.GetValues<Reason>().Single(r => r.Name() == reason));
        var context = Context(notice);

        var pressed = Actions.Values.Where(a => IsShown(a, context)).Select(a => Payload(a, context)).ToList();

        Assert.Equal(NextSteps.Buttons(notice).Order(), pressed.Select(p => p.Command.ToString().ToLowerInvariant()).Order());
        Assert.All(pressed, request =>
        {
            Assert.Equal(notice.Incident.Id, request.Incident);
            Assert.Equal(request.Command is OperatorVerb.Approve ? notice.Incident.Plan!.Identity : null, request.Plan);
            Assert.Null(CommandText.Objection(new(request.Command, request.Incident!, request.By, request.Why, request.Force)));
        });
    }

    [Fact]
    public void Approval_has_its_button_and_a_change_that_somebody_overwrote_has_none_to_undo_it()
    {
        Assert.Equal(["approve", "hold"], NextSteps.Buttons(SomeNotice.Of(Reason.ApprovalNeeded)).Order());
        Assert.DoesNotContain("undo", NextSteps.Buttons(SomeNotice.Of(Reason.Conflict)));
        Assert.Contains("undo", NextSteps.Buttons(SomeNotice.Of(Reason.Unconfirmed)));
    }

    [Fact]
    public void Notice_of_another_deployment_and_one_that_is_resolved_have_no_button()
    {
        var notice = SomeNotice.Of(Reason.ApprovalNeeded);

        var other = Context(notice with { Operate = new("staging-OperateFunction-1", "us-east-1") });
        var unknown = Context(notice with { Operate = null });
        var resolved = Context(notice with { Kind = NoticeKind.Resolved });

        Assert.All(Actions.Values, a => Assert.False(IsShown(a, other) || IsShown(a, unknown) || IsShown(a, resolved)));
    }

    [Fact]
    public void Actions_are_within_the_limits_of_their_type() => Assert.All(Actions, action =>
    {
        var attachment = action.Value["Attachments"][0];
        Assert.Equal("Custom", attachment["NotificationType"].ToString());
        Assert.True(attachment["ButtonText"].ToString().Length <= 50);
        Assert.InRange(((YamlSequenceNode)attachment["Criteria"]).Children.Count, 1, 5);
        Assert.InRange(((YamlMappingNode)attachment["Variables"]).Children.Count, 1, 5);
        Assert.All(
            ((YamlSequenceNode)attachment["Criteria"]).Children,
            c => Assert.True(((YamlMappingNode)attachment["Variables"]).Children.ContainsKey(c["VariableName"]), $"{action.Key}: {c}"));
    });

    private static Dictionary<string, YamlNode> Read()
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(Emulator.Repository.At("template.yaml"));
        stream.Load(reader);
        return ((YamlMappingNode)stream.Documents[0].RootNode["Resources"]).Children
            .Where(r => r.Value["Type"].ToString() is "AWS::Chatbot::CustomAction")
            .ToDictionary(r => r.Key.ToString(), r => r.Value["Properties"]);
    }

    private static JsonElement Context(Notice notice) =>
        Json.Parse(ChatForm.Of(IncidentFacts.Of(notice))).Member("metadata").Member("additionalContext");

    private static bool IsShown(YamlNode action, JsonElement context)
    {
        var attachment = action["Attachments"][0];
        return ((YamlSequenceNode)attachment["Criteria"]).Children.All(c =>
        {
            var value = context.TextOf(attachment["Variables"][c["VariableName"]].ToString()[From.Length..]);
            return c["Operator"].ToString() switch
            {
                "HAS_VALUE" => value is { Length: > 0 },
                // The value is a reference to the function, whose name is in the notice.
                "EQUALS" => c["Value"].ToString() is "OperateFunction" && value == Function,
                var other => throw new InvalidOperationException($"AWS knows no operator {other}."),
            };
        });
    }

    private static OperateRequest Payload(YamlNode action, JsonElement context)
    {
        var command = action["Definition"]["CommandText"].ToString();
        foreach (var (variable, from) in ((YamlMappingNode)action["Attachments"][0]["Variables"]).Children)
        {
            command = command.Replace($"${variable}", context.TextOf(from.ToString()[From.Length..]), StringComparison.Ordinal);
        }

        Assert.StartsWith("lambda invoke --function-name ${OperateFunction}:live ", command, StringComparison.Ordinal);
        Assert.DoesNotContain("$", command[command.IndexOf("--payload", StringComparison.Ordinal)..], StringComparison.Ordinal);
        return JsonSerializer.Deserialize(command.Split("--payload ")[1], HandlerJson.Default.OperateRequest)!;
    }
}
