using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Function.Handlers;
using Remediator.Function.Runtime;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Operate;

/// <summary>Who gives a command: whom AWS verified, or whoever it says; and whose word counts for what.</summary>
public sealed class ApproversTests
{
    private const string Anna = "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_PlatformOncall_0123456789abcdef/anna@example.com";
    private const string Ben = "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_ReadOnly_0123456789abcdef/ben@example.com";

    private const string Policy = """
        defaults: {mode: approve, owner: platform, environment: test}
        approvers: {platform: [AWSReservedSSO_PlatformOncall_*, 'arn:aws:iam::123456789012:user/root-of-all']}
        """;

    [Fact]
    public async Task Request_to_the_URL_is_carried_out_for_the_caller_whom_AWS_verified()
    {
        await using var host = await HostAsync();
        var id = await AskedAsync(host);

        var command = $$"""{"command":"approve","incident":"{{id}}","by":"somebody else"}""";
        var answer = await SendAsync(host, UrlRequest.Alias, Url(Anna, command));

        Assert.Equal("fixed", answer.TextOf("outcome"));
        var incident = await host.IncidentAsync(id);
        Assert.Contains(
            incident!.Entries,
            e => e.What == "approve, verified as AWSReservedSSO_PlatformOncall_0123456789abcdef/anna@example.com of 123456789012");
        Assert.EndsWith("=anna@example.com", host.Fake.Entered[0].SourceIdentity, StringComparison.Ordinal);
        Assert.True(incident.Course!.IsApproved);
    }

    [Fact]
    public async Task Whoever_the_policy_does_not_name_may_not_approve_and_is_told_who_may()
    {
        await using var host = await HostAsync();
        var id = await AskedAsync(host);

        var answer = await SendAsync(host, UrlRequest.Alias, Url(Ben, $$"""{"command":"approve","incident":"{{id}}"}"""));

        Assert.Equal("refused", answer.TextOf("outcome"));
        Assert.Equal(
            "AWSReservedSSO_ReadOnly_0123456789abcdef/ben@example.com of 123456789012 may not approve this. For the team 'platform' the "
            + "policy names as approvers: AWSReservedSSO_PlatformOncall_*, arn:aws:iam::123456789012:user/root-of-all.",
            answer.TextOf("why"));
        Assert.Empty(host.Changes());
        Assert.Equal(IncidentState.AwaitingApproval, (await host.IncidentAsync(id))!.State);
    }

    [Fact]
    public async Task Name_that_is_only_claimed_counts_for_nothing_where_the_policy_names_approvers()
    {
        await using var host = await HostAsync();
        var id = await AskedAsync(host);

        var plain = await SendAsync(
            host, "live", $$"""{"command":"approve","incident":"{{id}}","by":"AWSReservedSSO_PlatformOncall_x/anna"}""");
        var undo = await SendAsync(host, "live", $$"""{"command":"hold","incident":"{{id}}","by":"anna","why":"asked"}""");

        Assert.Equal("refused", plain.TextOf("outcome"));
        Assert.StartsWith("AWS did not verify who approves this", plain.TextOf("why"), StringComparison.Ordinal);
        Assert.Empty(host.Changes());
        // What is not an approval is anybody's who may give commands, marked as claimed.
        Assert.Equal("done", undo.TextOf("outcome"));
        Assert.Contains((await host.IncidentAsync(id))!.Entries, e => e.What == "hold, claimed by anna: asked");
    }

    [Fact]
    public async Task Payload_that_looks_like_a_request_to_the_URL_is_none_at_another_alias()
    {
        await using var host = await HostAsync();
        var id = await AskedAsync(host);

        var answer = await SendAsync(host, "live", Url(Anna, $$"""{"command":"approve","incident":"{{id}}"}"""));

        Assert.Equal("refused", answer.TextOf("outcome"));
        Assert.Empty(host.Changes());
    }

    [Theory]
    [InlineData("""{"command":"stop","by":"anna","why":"now"}""")]
    [InlineData("""{"version":"2.0","requestContext":{},"body":"{}"}""")]
    [InlineData("""{"version":"2.0","requestContext":{"authorizer":{"iam":{"userArn":"anna"}}},"body":"{}"}""")]
    [InlineData("""{"version":"2.0","requestContext":{"authorizer":{"iam":{"userArn":"arn:aws:iam::123456789012:user/a"}}},"body":"["}""")]
    [InlineData("[]")]
    [InlineData("no json")]
    public async Task Whatever_is_no_request_with_a_verified_caller_is_refused_at_the_alias_of_the_URL(string payload)
    {
        await using var host = await HostAsync();

        var answer = await SendAsync(host, UrlRequest.Alias, payload);

        Assert.Equal("refused", answer.TextOf("outcome"));
        Assert.Null(await host.Journal.WhyStoppedAsync(host.Ct));
    }

    [Fact]
    public async Task Body_may_be_base64()
    {
        await using var host = await HostAsync();
        var body = Convert.ToBase64String("""{"command":"stop","why":"a bad day"}"""u8);

        var answer = await SendAsync(host, UrlRequest.Alias, Url(Anna, body, isEncoded: true));

        Assert.Equal("done", answer.TextOf("outcome"));
        Assert.EndsWith("anna@example.com of 123456789012)", await host.Journal.WhyStoppedAsync(host.Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arn:aws:iam::123456789012:user/path/kim", "kim of 123456789012", "kim")]
    [InlineData("arn:aws:sts::123456789012:assumed-role/Ops/kim", "Ops/kim of 123456789012", "Ops=kim")]
    [InlineData("arn:aws:iam::123456789012:root", "root of 123456789012", "root")]
    public void Caller_is_named_by_his_ARN(string arn, string shown, string identity) =>
        Assert.Equal((shown, identity), (Caller.Of(arn)!.Shown, Caller.Of(arn)!.Identity));

    [Theory]
    [InlineData("platform", "Ops", true)]
    [InlineData("platform", "Dev", false)]
    [InlineData("web", "Dev", true)]
    [InlineData("web", "Ops", false)]
    [InlineData(null, "Dev", true)]
    public void Team_without_approvers_of_its_own_has_those_of_every_team(string? team, string role, bool may)
    {
        var approvers = Remediator.Decide.PolicyReader.Read("policy.yaml", "approvers: {platform: Op?, '*': [Dev]}").Approvers;

        Assert.Equal(may, approvers.May(team, role, $"arn:aws:sts::123456789012:assumed-role/{role}/x"));
    }

    [Theory]
    [InlineData("approvers: {}")]
    [InlineData("approvers: {platform: []}")]
    [InlineData("approvers: [Ops]")]
    [InlineData("approvers: {platform: {role: Ops}}")]
    public void Half_understood_approvers_are_no_policy(string yaml) =>
        Assert.NotEmpty(Remediator.Decide.PolicyReader.TryRead("policy.yaml", yaml).Problems);

    private static async Task<InMemoryHost> HostAsync()
    {
        var host = new InMemoryHost();
        host.Fake.Credentials = Remediator.Aws.AccountCredentials.LimitedRole;
        await host.UsePolicyAsync(Policy);
        return host;
    }

    private static async Task<string> AskedAsync(InMemoryHost host)
    {
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        return (await host.SendAsync(change)).Incident!;
    }

    private static async Task<JsonElement> SendAsync(InMemoryHost host, string alias, string payload)
    {
        var inspector = new Inspector(host.Fake, host.Journal, null, [], () => throw new InvalidOperationException(), host.Clock);
        var invocation = new Invocation(
            "1",
            host.Now.AddMinutes(1),
            $"arn:aws:lambda:us-east-1:123456789012:function:operate:{alias}",
            "",
            System.Text.Encoding.UTF8.GetBytes(payload));
        var answer = await new Remediator.Function.Handlers.Operate(host.Service.Operator, inspector).HandleAsync(invocation, host.Ct);
        return Json.Parse(System.Text.Encoding.UTF8.GetString(answer.Span));
    }

    private static string Url(string arn, string body, bool isEncoded = false) => new JsonObject
    {
        ["version"] = "2.0",
        ["requestContext"] = new JsonObject
        {
            ["authorizer"] = new JsonObject { ["iam"] = new JsonObject { ["userArn"] = arn } },
            ["http"] = new JsonObject { ["method"] = "POST", ["path"] = "/" },
        },
        ["body"] = body,
        ["isBase64Encoded"] = isEncoded,
    }.ToJsonString();
}
