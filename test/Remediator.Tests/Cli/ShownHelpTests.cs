using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Values;

namespace Remediator.Tests.Cli;

/// <summary>What people were given with a notice is shown later too: the help of a guide, and of a change in parts what is made.</summary>
public sealed class ShownHelpTests
{
    private readonly CliRun cli = new();

    [Fact]
    public async Task Help_by_hand_is_shown_with_what_was_read()
    {
        var help = new Help(
            new(Some.Time, [new("Tunnel", ["203.0.113.9 DOWN"])]),
            [new("Look at the device.", "aws ec2 describe-customer-gateways"), new("Wait.", "")]);
        var incident = await cli.JournaledAsync(Some.Incident() with
        {
            State = IncidentState.Escalated,
            Reason = Reason.Unsupported,
            Telling = new() { Help = help },
        });

        var text = (await cli.RunAsync("show", incident.Id)).Out;
        var json = (await cli.RunAsync("show", incident.Id, "--json")).Json;

        Assert.Contains("  Tunnel: 203.0.113.9 DOWN\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "By hand\n  1. Look at the device.\n     aws ec2 describe-customer-gateways\n  2. Wait.\n", text, StringComparison.Ordinal);
        Assert.Equal("203.0.113.9 DOWN", json.Member("evidence").Member("answers")[0].Member("lines")[0].GetString());
        Assert.Equal(
            """[{"do":"Look at the device.","run":"aws ec2 describe-customer-gateways"},{"do":"Wait.","run":""}]""",
            json.Member("byHand").GetRawText());
    }

    [Fact]
    public async Task Change_in_parts_shows_what_is_made_and_the_plan_of_the_rest()
    {
        static StepPlan Step(string name) => new()
        {
            Step = name,
            Before = Json.Null,
            After = Json.Text(name),
            Calls = [new("rds:CopyDBSnapshot", Json.Parse($$"""{"SourceDBSnapshotIdentifier":"{{name}}"}"""))],
        };
        var incident = await cli.JournaledAsync(Some.Incident() with
        {
            State = IncidentState.AwaitingApproval,
            Reason = Reason.ApprovalNeeded,
            Change = Some.Planned(new([Step("copy"), Step("original")])) with { AsksAt = 1, IsInPlace = true },
        });

        var text = (await cli.RunAsync("show", incident.Id)).Out;
        var json = (await cli.RunAsync("show", incident.Id, "--json")).Json;

        Assert.Matches(@"Made already +copy\n", text);
        Assert.Equal("copy", json.TextOf("made"));
        Assert.Equal(new Plan([Step("original")]).Identity, json.TextOf("plan"));
    }
}
