using System.Text.Json;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Change.Recorded;

/// <summary>Rollbacks through the whole pipeline, in addition to the scenarios that every host runs.</summary>
public sealed class RollbackTests
{
    [Fact]
    public async Task What_the_playbook_cannot_do_for_want_of_a_parameter_the_rollback_does()
    {
        await using var host = new InMemoryHost();
        var bucket = await host.BucketAsync();
        await host.CallAsync("s3:PutBucketTagging", """{"Bucket":"bucket","Tagging":{"TagSet":[{"Key":"team","Value":"shop"}]}}""");
        await host.RecordItemAsync(
            bucket, -60, """{"TagSets":[{"tags":{"team":"shop","owner":"anna"}}]}""", """{"team":"shop","owner":"anna"}""");
        await host.RecordItemAsync(bucket, -10, """{"TagSets":[{"tags":{"team":"shop"}}]}""", """{"team":"shop"}""");
        await host.UsePolicyAsync("{defaults: {mode: auto, to: [wanted, last-compliant]}, rollback: {quiet: 0s}}");
        var rule = await host.RuleAsync(RequiredTags, """{"tag1Key":"owner"}""");

        var ended = await host.SendAsync(Drift(host, rule, bucket));

        AssertOutcome("fixed", ended);
        var tags = (await host.CallAsync("s3:GetBucketTagging", """{"Bucket":"bucket"}""")).Member("TagSet");
        AssertSame(Json.Parse("""[{"Key":"team","Value":"shop"},{"Key":"owner","Value":"anna"}]"""), tags);
    }

    [Fact]
    public async Task Wanted_value_is_written_if_possible_and_no_history_is_read()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("{defaults: {mode: auto, to: [wanted, last-compliant]}}");
        var (_, _, change) = await host.OpenBucketAsync();

        AssertOutcome("fixed", await host.SendAsync(change));

        Assert.DoesNotContain("config:GetResourceConfigHistory", host.Calls);
    }

    [Fact]
    public async Task While_somebody_is_at_work_nothing_is_rolled_back_and_nobody_is_called()
    {
        await using var host = new InMemoryHost();
        var change = await DriftAsync(host);
        host.Fake.On("cloudtrail:LookupEvents", ChangedAt(host.Now.AddMinutes(-20)));

        var ended = await host.SendAsync(change);

        AssertOutcome("pending", ended);
        Assert.Empty(host.Changes());
        Assert.Empty(await host.NoticesAsync());

        await host.SweepAfterAsync(TimeSpan.FromMinutes(41));

        var fixedIncident = await host.IncidentOf(ended);
        Assert.Equal(IncidentState.Fixed, fixedIncident.State);
        Assert.Contains("arn:aws:iam::123456789012:user/anna", fixedIncident.Change!.Recorded!.ChangedBy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_day_without_quiet_a_person_is_asked()
    {
        await using var host = new InMemoryHost();
        var change = await DriftAsync(host);
        host.Fake.On("cloudtrail:LookupEvents", _ => Json.Parse(ChangedAt(host.Now.AddMinutes(-1))));
        var ended = await host.SendAsync(change);

        for (var hour = 0; hour < 26; hour++)
        {
            await host.SweepAfterAsync(TimeSpan.FromHours(1));
        }

        Assert.Equal(
            (IncidentState.AwaitingApproval, Reason.NotQuiet),
            ((await host.IncidentOf(ended)).State, (await host.IncidentOf(ended)).Reason));
        Assert.Single(await host.NoticesAsync());
        Assert.Empty(host.Changes());
    }

    [Fact]
    public async Task Setting_that_is_a_part_of_another_one_is_put_back_once()
    {
        await using var host = new InMemoryHost();
        var function = new ResourceKey(host.Account, host.Region, "AWS::Lambda::Function", "orders");
        var live = Function("Somebody was here", 128);
        host.Fake.On("lambda:GetFunctionConfiguration", _ => Json.Parse(live));
        host.Fake.On("lambda:UpdateFunctionConfiguration", input =>
        {
            live = Function(input.TextOf("Description")!, input.Member("MemorySize").GetInt32());
            return Json.EmptyObject;
        });
        foreach (var (minutes, description, memory) in ((int, string, int)[])[(-60, "Takes orders", 512), (-10, "Somebody was here", 128)])
        {
            await host.PutItemAsync(RollbackScenarios.Item(
                function, host.Now, minutes, "OK", Function(description, memory, char.ToLowerInvariant), "{}", "{}"));
        }

        await host.UsePolicyAsync("{defaults: {mode: auto, to: last-compliant}, auto-up-to: [none, brief, access], rollback: {quiet: 0s}}");
        var change = Some.Change(await host.CustomRuleAsync("our-functions"), function, host.Now) with
        {
            CompliantBefore = host.Now.AddMinutes(-60),
            OrderedAt = host.Now.AddMinutes(-10),
        };

        var ended = await host.SendAsync(change);

        AssertOutcome("fixed", ended);
        Assert.Equal(Function("Takes orders", 512), live);
        Assert.Single(host.Calls, c => c is "lambda:UpdateFunctionConfiguration");
        Assert.Single((await host.IncidentOf(ended)).Plan!.Steps);
    }

    [Fact]
    public async Task Observe_shows_the_plan_of_a_rollback_and_changes_nothing()
    {
        await using var host = new InMemoryHost();
        var change = await DriftAsync(host);
        await host.UsePolicyAsync("{defaults: {mode: observe, to: last-compliant}}");

        var ended = await host.SendAsync(change);

        AssertOutcome("observed", ended);
        Assert.Empty(host.Changes());
        Assert.Equal("s3:PutPublicAccessBlock", Assert.Single((await host.IncidentOf(ended)).Plan!.Calls).Operation);
    }

    [Fact]
    public async Task Journal_knows_when_the_rule_held_last_where_the_event_does_not()
    {
        await using var host = new InMemoryHost();
        var change = await DriftAsync(host);
        AssertOutcome("fixed", await host.SendAsync(change));
        await host.SendAsync(change.Later(5, Compliance.Compliant));
        await host.PassAsync(TimeSpan.FromDays(2));
        await host.RecordItemAsync(change.Resource, -30, Block(true), "{}");
        await host.RecordItemAsync(change.Resource, -10, Block(false), "{}");
        await host.BlockAsync(change.Resource.Id, Half);

        var again = await host.SendAsync(
            change with { RecordedAt = host.Now, CompliantBefore = null, OrderedAt = host.Now.AddMinutes(-10) });

        AssertOutcome("fixed", again);
        AssertSame(Blocked, await host.BlockAsync(change.Resource));
    }

    [Fact]
    public async Task Recorded_value_that_names_what_is_gone_is_put_back_and_said_so()
    {
        await using var host = new InMemoryHost();
        var change = await DriftAsync(host);
        host.Fake.On(
            "s3:PutPublicAccessBlock", _ => throw FakeAws.Error("s3:PutPublicAccessBlock", "NoSuchVpcEndpoint", 404, AwsFault.Gone));

        var ended = await host.SendAsync(change);

        Assert.Equal(Reason.ReferenceGone, (await host.IncidentOf(ended)).Reason);
    }

    [Fact]
    public async Task Setting_that_is_read_as_an_empty_text_where_nothing_is_set_goes_back_to_nothing_and_can_be_undone()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("defaults: {mode: auto, to: last-compliant}");
        var description = "Invoices";
        host.Fake.On("ec2:DescribeTrafficMirrorSessions", _ => Json.Parse(
            $$$"""{"TrafficMirrorSessions":[{"TrafficMirrorSessionId":"tms-1","Description":"{{{description}}}"}]}"""));
        host.Fake.On("ec2:ModifyTrafficMirrorSession", input =>
        {
            description = input.TextOf("Description") ?? "";
            return Json.EmptyObject;
        });
        var session = new ResourceKey(host.Account, host.Region, "AWS::EC2::TrafficMirrorSession", "tms-1");
        await host.PutItemAsync(Recorded(session, host.Now.AddMinutes(-60), "{}"));
        await host.PutItemAsync(Recorded(session, host.Now.AddMinutes(-10), """{"Description":"Invoices"}"""));

        var ended = await host.SendAsync(Drift(host, await host.CustomRuleAsync("our-baseline"), session));

        AssertOutcome("fixed", ended);
        Assert.Equal("", description);
        AssertOutcome("undone", await host.UndoAsync(ended.Incident));
        Assert.Equal("Invoices", description);
    }

    private static JsonElement Recorded(ResourceKey resource, DateTimeOffset at, string configuration) => Json.Object(
    [
        new("resourceType", Json.Text(resource.Type)),
        new("resourceId", Json.Text(resource.Id)),
        new("configurationItemCaptureTime", Json.Text(at.ToString("O"))),
        new("configurationItemStatus", Json.Text("OK")),
        new("configurationStateId", Json.Text($"{at.ToUnixTimeMilliseconds()}")),
        new("configuration", Json.Text(configuration)),
    ]);

    [Fact]
    public async Task Type_that_no_playbook_knows_the_recorded_values_of_is_unsupported()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("defaults: {mode: auto, to: last-compliant}");
        var rule = await host.CustomRuleAsync("our-baseline");

        var ended = await host.SendAsync(Drift(host, rule, new(host.Account, host.Region, "AWS::Our::Thing", "x")));

        var incident = await host.IncidentOf(ended);
        Assert.Equal(Reason.Unsupported, incident.Reason);
        Assert.Contains("AWS::Our::Thing", incident.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rollback_costs_a_page_of_history_and_a_look_at_who_changed_it_beside_what_a_fix_costs()
    {
        await using var host = new InMemoryHost();
        var change = await DriftAsync(host);
        host.Fake.Forget();

        await host.SendAsync(change);

        Assert.Equal(
            [
                "config:DescribeConfigRules", "config:GetResourceConfigHistory", "s3:GetPublicAccessBlock", "s3:GetBucketWebsite",
                "cloudtrail:LookupEvents", "s3:PutPublicAccessBlock", "s3:GetPublicAccessBlock",
            ],
            host.Calls);
    }

    private static readonly JsonElement Half = Json.Parse(
        """{"BlockPublicAcls":false,"IgnorePublicAcls":true,"BlockPublicPolicy":true,"RestrictPublicBuckets":true}""");

    private static async Task<ComplianceChange> DriftAsync(InMemoryHost host)
    {
        await host.UsePolicyAsync("defaults: {mode: auto, to: last-compliant}");
        var bucket = await host.BucketAsync(block: Half);
        await host.RecordItemAsync(bucket, -60, Block(true), "{}");
        await host.RecordItemAsync(bucket, -10, Block(false), "{}");
        return Drift(host, await host.CustomRuleAsync("our-baseline"), bucket);
    }

    private static ComplianceChange Drift(InMemoryHost host, RuleRef rule, ResourceKey resource) =>
        Some.Change(rule, resource, host.Now) with { CompliantBefore = host.Now.AddMinutes(-60), OrderedAt = host.Now.AddMinutes(-10) };

    private static string Block(bool acls) =>
        $$$"""
            {"PublicAccessBlockConfiguration":"{\"blockPublicAcls\":{{{(
                acls ? "true" : "false"
            )}}},\"ignorePublicAcls\":true,\"blockPublicPolicy\":true,\"restrictPublicBuckets\":true}"}
            """;

    private static string ChangedAt(DateTimeOffset at) => $$$"""
        {"Events":[{"EventName":"PutBucketPublicAccessBlock","ReadOnly":"false","EventTime":{{{at.ToUnixTimeSeconds()}}},"Username":"anna",
         "CloudTrailEvent":"{\"userIdentity\":{\"arn\":\"arn:aws:iam::123456789012:user/anna\"}}"}]}
        """;

    /// <summary>As the API gives it; AWS Config writes each name with a small letter.</summary>
    private static string Function(string description, int memory, Func<char, char>? first = null)
    {
        var name = (string text) => $"{first?.Invoke(text[0]) ?? text[0]}{text[1..]}";
        return $$"""
            {"{{name("FunctionName")}}":"orders","{{name("FunctionArn")}}":"arn:aws:lambda:us-east-1:123456789012:function:orders",
             "{{name("Role")}}":"arn:aws:iam::123456789012:role/orders","{{name("Handler")}}":"app.run","{{name("Runtime")}}":"python3.13",
             "{{name("Timeout")}}":3,"{{name("Description")}}":"{{description}}","{{name("MemorySize")}}":{{memory}}}
            """;
    }
}
