using System.Text.Json;
using Remediator.Escalate;
using Remediator.Escalate.Forms;
using Remediator.Function.Handlers;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Values;

namespace Remediator.Tests.Escalate;

/// <summary>Notices have commands for the AWS CLI, for people without this program; the function accepts each of them.</summary>
public sealed class CommandsWithoutToolTests
{
    public static TheoryData<string> Reasons => [.. Enum.GetValues<Reason>().Select(r => r.Name())];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Each_line_is_a_command_that_the_function_reads_and_means_the_same_as_the_one_of_the_tool(string reason)
    {
        var notice = SomeNotice.Of(Of(reason));
        var steps = NextSteps.Of(notice).Where(s => s.WithoutTool is not null).ToList();

        Assert.Contains(steps, s => s.What is "hold");
        Assert.All(steps, step =>
        {
            var words = PosixWords.Of(step.WithoutTool!);
            var request = JsonSerializer.Deserialize(words[words.IndexOf("--payload") + 1], HandlerJson.Default.OperateRequest)!;
            var tool = PosixWords.Of(step.Command);

            Assert.Equal(tool[1], request.Command.ToString().ToLowerInvariant());
            Assert.Equal(notice.Incident.Id, request.Incident);
            Assert.Equal(tool.Contains("--force"), request.Force);
            Assert.Equal(tool.IndexOf("--why") is var why and >= 0 ? tool[why + 1] : null, request.Why);
            Assert.Equal(tool.IndexOf("--plan") is var plan and >= 0 ? tool[plan + 1] : null, request.Plan);
            Assert.Null(CommandText.Objection(new(request.Command, request.Incident!, request.By, request.Why, request.Force)));
        });
    }

    [Fact]
    public void Approval_is_of_the_plan_that_the_notice_shows()
    {
        var notice = SomeNotice.Of(Reason.ApprovalNeeded);

        Assert.Contains(
            $"--plan {notice.Incident.Plan!.Identity}",
            NextSteps.Of(notice).Single(s => s.What is "approve").Command,
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_hold_is_offered_before_an_exemption(string reason)
    {
        var steps = NextSteps.Of(SomeNotice.Of(Of(reason))).Select(s => s.What).ToList();

        Assert.InRange(steps.IndexOf("hold"), 0, steps.IndexOf("exempt") - 1);
    }

    [Fact]
    public void Where_the_function_is_not_known_nothing_is_said_of_it()
    {
        var facts = IncidentFacts.Of(SomeNotice.Of(Reason.Failed) with { Operate = null });

        Assert.DoesNotContain("aws lambda", MailForm.Of(facts), StringComparison.Ordinal);
        Assert.True(Json.Parse(MachineForm.Of(facts)).Member("awsCommands").IsNull());
    }

    private static Reason Of(string name) => Enum.GetValues<Reason>().Single(r => r.Name() == name);
}
