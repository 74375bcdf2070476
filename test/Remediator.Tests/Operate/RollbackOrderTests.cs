using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws;
using Remediator.Function.Handlers;
using Remediator.Function.Runtime;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Testing;
using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.Tests.Operate;

/// <summary>A person has the deployed function roll a resource back, under a policy that would only look.</summary>
public sealed class RollbackOrderTests : IAsyncDisposable
{
    private const string Anna = "arn:aws:sts::123456789012:assumed-role/PlatformOncall/anna";
    private const string Policy = "{defaults: {mode: observe, owner: platform}, auto-up-to: [none, brief, cost, access]}";

    private readonly InMemoryHost host = new();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Resource_goes_back_in_the_name_of_the_caller_and_can_be_undone()
    {
        var change = await DriftedAsync(Policy);

        var answer = await SendAsync(change, Anna);

        Assert.Equal("fixed", answer.TextOf("outcome"));
        Assert.Equal(RollbackScenarios.RolledBackGroup, await host.InboundAsync(change.Resource));
        var incident = (await host.IncidentAsync(answer.TextOf("incident")!))!;
        Assert.Contains(incident.Entries, e => e.What.StartsWith("rollback to ", StringComparison.Ordinal)
            && e.What.EndsWith("Z, verified as PlatformOncall/anna of 123456789012: why", StringComparison.Ordinal));
        Assert.All(host.Fake.Entered.Where(e => e.SourceIdentity is not null), e => Assert.Equal("PlatformOncall=anna", e.SourceIdentity));
        Assert.Contains(host.Fake.Entered, e => e.SourceIdentity is not null);
        Assert.Null(incident.Origin.Asked);
        Assert.Contains(answer.Member("calls").EnumerateArray(), c => c.TextOf("operation") is "ec2:RevokeSecurityGroupIngress");
        Assert.Equal(1, answer.Member("settings").EnumerateArray().Single().Member("removed").GetArrayLength());
        Assert.Equal("undone", (await host.UndoAsync(incident.Id)).Outcome);
        Assert.Equal(RollbackScenarios.DriftedGroup, await host.InboundAsync(change.Resource));
    }

    [Fact]
    public async Task Dry_run_shows_the_plan_and_leaves_no_trace()
    {
        var change = await DriftedAsync(Policy);

        var answer = await SendAsync(change, Anna, isDryRun: true);

        Assert.Equal("observed", answer.TextOf("outcome"));
        Assert.Null(answer.TextOf("incident"));
        Assert.Equal(1, answer.Member("settings").EnumerateArray().Single().Member("added").GetArrayLength());
        Assert.Empty(host.Changes());
        Assert.Null(await OpenAsync(change));
        Assert.Empty(await host.NoticesAsync());
    }

    [Fact]
    public async Task Dry_run_leaves_an_incident_that_people_were_called_for_as_it_is()
    {
        var change = await DriftedAsync("{defaults: {mode: approve}}");
        Assert.Equal("escalated", (await host.SendAsync(change)).Outcome);
        var before = (await OpenAsync(change))!;

        await SendAsync(change, Anna, isDryRun: true);

        var after = (await OpenAsync(change))!;
        Assert.Equal((before.State, before.Version), (after.State, after.Version));
    }

    [Theory]
    [InlineData("arn:aws:sts::123456789012:assumed-role/ReadOnly/ben", "ReadOnly/ben of 123456789012 may not order this.")]
    [InlineData(null, "AWS did not verify who orders this: send it to the function's URL, as 'remediator rollback' does")]
    public async Task Where_the_policy_names_approvers_only_their_word_counts(string? caller, string says)
    {
        var change = await DriftedAsync($"{Policy[..^1]}, approvers: {{platform: [PlatformOncall]}}}}");

        var refused = await SendAsync(change, caller);

        Assert.Equal("refused", refused.TextOf("outcome"));
        Assert.StartsWith(says, refused.TextOf("why"), StringComparison.Ordinal);
        Assert.Empty(host.Changes());
        Assert.Null(await OpenAsync(change));
        Assert.Equal("fixed", (await SendAsync(change, Anna)).TextOf("outcome"));
    }

    [Fact]
    public async Task Command_that_comes_twice_changes_once()
    {
        var change = await DriftedAsync(Policy);
        var first = await SendAsync(change, Anna);
        var calls = host.Changes().Count();

        // What AWS delivers twice says the same time; what a person says again, a later one.
        var second = await SendAsync(change, Anna);
        await host.PassAsync(TimeSpan.FromMinutes(1));
        var third = await SendAsync(change, Anna);

        Assert.Equal(("fixed", "skipped"), (first.TextOf("outcome"), second.TextOf("outcome")));
        Assert.NotEqual("fixed", third.TextOf("outcome"));
        Assert.Equal(calls, host.Changes().Count());
        Assert.Equal(RollbackScenarios.RolledBackGroup, await host.InboundAsync(change.Resource));
    }

    [Fact]
    public async Task Word_of_a_person_counts_once_and_a_later_drift_is_the_policys_again()
    {
        var change = await DriftedAsync(Policy);
        await SendAsync(change, Anna);
        var calls = host.Changes().Count();

        await host.PassAsync(TimeSpan.FromMinutes(10));
        await host.SendAsync(change with { RecordedAt = host.Now });
        await host.SweepAfterAsync(TimeSpan.FromHours(2));

        Assert.Equal(calls, host.Changes().Count());
    }

    [Fact]
    public async Task While_changes_are_stopped_it_waits_and_goes_on_as_it_was_asked_for()
    {
        var change = await DriftedAsync(Policy);
        await host.OperateAsync(new(OperatorVerb.Stop, "", "kim", "release", false));

        Assert.Equal("pending", (await SendAsync(change, Anna)).TextOf("outcome"));
        Assert.Empty(host.Changes());
        await host.OperateAsync(new(OperatorVerb.Start, "", "kim", null, false));
        await host.SweepAfterAsync(TimeSpan.FromHours(1));

        Assert.Equal(RollbackScenarios.RolledBackGroup, await host.InboundAsync(change.Resource));
    }

    [Fact]
    public async Task What_the_policy_asks_about_waits_for_approval()
    {
        var change = await DriftedAsync("{defaults: {mode: auto}, auto-up-to: [none]}");

        var answer = await SendAsync(change, Anna);

        Assert.Equal("awaiting-approval", answer.TextOf("outcome"));
        Assert.Empty(host.Changes());
        Assert.Equal("fixed", (await host.OperateAsync(new(OperatorVerb.Approve, answer.TextOf("incident")!, "kim", null, false))).Outcome);
    }

    [Fact]
    public async Task Without_a_rule_the_one_that_finds_it_wrong_has_the_incident()
    {
        var change = await DriftedAsync(Policy);
        host.Evaluations.Say(change.Rule.Name, change.Resource, "NON_COMPLIANT", host.Now);

        var answer = await SendAsync(change, Anna, rule: null);

        Assert.Equal("fixed", answer.TextOf("outcome"));
        Assert.Equal(change.Rule.Name, (await host.IncidentAsync(answer.TextOf("incident")!))!.Rule.Name);
    }

    [Theory]
    [InlineData("no-rule", 0, "There is no Config rule no-rule in 123456789012, us-east-1.")]
    [InlineData(null, 0, "No Config rule evaluates AWS::EC2::SecurityGroup ")]
    [InlineData("no-rule", 5, "is not a time that has passed")]
    public async Task What_is_not_clear_is_refused_in_words(string? rule, int minutesAhead, string says)
    {
        var change = await DriftedAsync(Policy);

        var answer = await SendAsync(change with { CompliantBefore = host.Now.AddMinutes(minutesAhead - 1) }, Anna, rule: rule);

        Assert.Equal("refused", answer.TextOf("outcome"));
        Assert.Contains(says, answer.TextOf("why"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_without_a_resource_is_refused()
    {
        var answer = await RunAsync("""{"command":"rollback","by":"kim"}""", "live");

        Assert.Equal("refused", answer.TextOf("outcome"));
        Assert.StartsWith("Which resource goes back", answer.TextOf("why"), StringComparison.Ordinal);
    }

    private async Task<ComplianceChange> DriftedAsync(string policy)
    {
        host.Fake.Credentials = AccountCredentials.LimitedRole;
        var change = await host.DriftedGroupAsync();
        await host.UsePolicyAsync(policy);
        return change;
    }

    private Task<Incident?> OpenAsync(ComplianceChange change) =>
        host.Journal.FindOpenAsync(Incident.KeyOf(change.Resource, change.Rule), host.Ct);

    private Task<JsonElement> SendAsync(ComplianceChange change, string? caller, bool isDryRun = false) =>
        SendAsync(change, caller, change.Rule.Name, isDryRun);

    private Task<JsonElement> SendAsync(ComplianceChange change, string? caller, string? rule, bool isDryRun = false)
    {
        var command = new JsonObject
        {
            ["command"] = "rollback",
            ["by"] = "somebody",
            ["why"] = "why",
            ["rollback"] = new JsonObject
            {
                ["type"] = change.Resource.Type,
                ["id"] = change.Resource.Id,
                ["to"] = change.CompliantBefore!.Value.ToString("o", CultureInfo.InvariantCulture),
                ["rule"] = rule,
                ["dryRun"] = isDryRun,
            },
        }.ToJsonString();
        return caller is null ? RunAsync(command, "live") : RunAsync(Url(caller, command), UrlRequest.Alias);
    }

    private async Task<JsonElement> RunAsync(string payload, string alias)
    {
        var inspector = new Inspector(host.Fake, host.Journal, null, [], () => throw new InvalidOperationException(), host.Clock);
        var function = $"arn:aws:lambda:{host.Region}:123456789012:function:operate:{alias}";
        var invocation = new Invocation("1", host.Now.AddMinutes(1), function, "", Encoding.UTF8.GetBytes(payload));
        var answer = await new Remediator.Function.Handlers.Operate(host.Service.Operator, inspector).HandleAsync(invocation, host.Ct);
        return Json.Parse(Encoding.UTF8.GetString(answer.Span));
    }

    private static string Url(string arn, string body) => new JsonObject
    {
        ["version"] = "2.0",
        ["requestContext"] = new JsonObject { ["authorizer"] = new JsonObject { ["iam"] = new JsonObject { ["userArn"] = arn } } },
        ["body"] = body,
    }.ToJsonString();
}
