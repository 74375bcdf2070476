using System.Globalization;
using System.Text.Json;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Testing.Scenarios;

/// <summary>Rollbacks to what AWS Config recorded while a rule held, for any rule.</summary>
internal static class RollbackScenarios
{
    private const string Https =
        """{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"10.0.0.0/8","Description":"office"}]}""";
    private const string Database = """{"IpProtocol":"tcp","FromPort":5432,"ToPort":5432,"IpRanges":[{"CidrIp":"10.1.0.0/16"}]}""";
    private const string OpenSsh = """{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}""";
    private const string LaterWork = """{"IpProtocol":"tcp","FromPort":8080,"ToPort":8080,"IpRanges":[{"CidrIp":"10.2.0.0/16"}]}""";

    /// <summary>What a drifted group allows: the drift added a rule and removed one, and somebody has added one since.</summary>
    public static IReadOnlyList<string> DriftedGroup { get; } = ["22 0.0.0.0/0", "443 10.0.0.0/8", "8080 10.2.0.0/16"];

    /// <summary>What it allows after the rollback.</summary>
    public static IReadOnlyList<string> RolledBackGroup { get; } = ["443 10.0.0.0/8", "5432 10.1.0.0/16", "8080 10.2.0.0/16"];

    public static async Task What_drifted_goes_back_and_what_somebody_did_since_stays(IScenarioHost host)
    {
        var drift = await host.DriftedGroupAsync();

        var ended = await host.SendAsync(drift);

        AssertOutcome("fixed", ended);
        Assert.Equal(RolledBackGroup, await host.InboundAsync(drift.Resource));
        var recorded = (await host.IncidentOf(ended)).Change!.Recorded!;
        Assert.Equal((Id(-60), Id(-10)), (recorded.Good.StateId, recorded.Latest.StateId));
        Assert.Equal("ec2/security-group-rules", Assert.Single(recorded.Playbooks).Name);
        Assert.Empty(await host.NoticesAsync());

        AssertOutcome("undone", await host.UndoAsync(ended.Incident));
        Assert.Equal(DriftedGroup, await host.InboundAsync(drift.Resource));
    }

    public static async Task Rollback_that_is_delivered_twice_at_once_and_again_is_one_change(IScenarioHost host)
    {
        var drift = await host.DriftedGroupAsync();

        var together = await host.DeliverAsync(Some.Event(drift), Some.Event(drift));
        var again = await host.SendAsync(drift);

        Assert.Single(together, e => e.Outcome is "fixed");
        AssertOutcome("skipped", again);
        Assert.Equal(["ec2:RevokeSecurityGroupIngress", "ec2:AuthorizeSecurityGroupIngress"], host.Changes());
        Assert.Equal(RolledBackGroup, await host.InboundAsync(drift.Resource));
    }

    public static async Task Member_that_the_good_item_lacks_is_taken_away(IScenarioHost host)
    {
        var bucket = await host.BucketAsync();
        await host.CallAsync("s3:PutBucketPolicy", Json.Object(
            [new("Bucket", Json.Text(bucket.Id)), new("Policy", Json.Text(OpenPolicy(bucket.Id)))]).GetRawText());
        await host.RecordAsync(bucket, -60, """{"BucketPolicy":"{\"policyText\":null}"}""");
        await host.RecordAsync(bucket, -10, Json.Object([new("BucketPolicy", Json.Text(
            Json.Object([new("policyText", Json.Text(OpenPolicy(bucket.Id)))]).GetRawText()))]).GetRawText());

        var ended = await host.SendAsync(await host.DriftAsync(bucket, goodAt: -60, badAt: -10));

        AssertOutcome("fixed", ended);
        Assert.Equal(["s3:DeleteBucketPolicy"], host.Changes());
        AssertOutcome("undone", await host.UndoAsync(ended.Incident));
        var back = await host.CallAsync("s3:GetBucketPolicy", $$"""{"Bucket":"{{bucket.Id}}"}""");
        AssertSame(Json.Parse(OpenPolicy(bucket.Id)), Json.Parse(back.TextOf("Policy")!));
    }

    public static async Task Setting_that_somebody_changed_since_stops_the_rollback(IScenarioHost host)
    {
        var bucket = await host.BucketAsync(block: Json.Parse(
            """{"BlockPublicAcls":true,"IgnorePublicAcls":true,"BlockPublicPolicy":false,"RestrictPublicBuckets":true}"""));
        await host.RecordAsync(bucket, -60, Block(acls: true, policy: true));
        await host.RecordAsync(bucket, -10, Block(acls: false, policy: true));
        await host.BlockAsync(bucket.Id, Json.Parse(
            """{"BlockPublicAcls":false,"IgnorePublicAcls":false,"BlockPublicPolicy":false,"RestrictPublicBuckets":false}"""));
        await host.CallAsync("s3:DeletePublicAccessBlock", $$"""{"Bucket":"{{bucket.Id}}"}""");

        var ended = await host.SendAsync(await host.DriftAsync(bucket, goodAt: -60, badAt: -10));

        await host.AssertRefusedAsync(ended, Reason.ChangedSince);
    }

    public static async Task Member_that_did_not_drift_keeps_what_somebody_gave_it(IScenarioHost host)
    {
        var bucket = await host.BucketAsync(block: Json.Parse(
            """{"BlockPublicAcls":false,"IgnorePublicAcls":true,"BlockPublicPolicy":false,"RestrictPublicBuckets":true}"""));
        await host.RecordAsync(bucket, -60, Block(acls: true, policy: true));
        await host.RecordAsync(bucket, -10, Block(acls: false, policy: true));

        AssertOutcome("fixed", await host.SendAsync(await host.DriftAsync(bucket, goodAt: -60, badAt: -10)));

        AssertSame(
            Json.Parse("""{"BlockPublicAcls":true,"IgnorePublicAcls":true,"BlockPublicPolicy":false,"RestrictPublicBuckets":true}"""),
            await host.BlockAsync(bucket));
    }

    public static async Task Rollback_without_a_compliant_time_an_item_or_a_cause_is_refused_by_its_name(IScenarioHost host)
    {
        var never = await host.BucketAsync("never");
        await host.RecordAsync(never, -10, Block(acls: false, policy: true));
        await host.AssertRefusedAsync(
            await host.SendAsync((await host.DriftAsync(never, goodAt: -60, badAt: -10)) with { CompliantBefore = null }),
            Reason.NeverCompliant);

        var unrecorded = await host.BucketAsync("unrecorded");
        await host.AssertRefusedAsync(await host.SendAsync(await host.DriftAsync(unrecorded, goodAt: -60, badAt: -10)), Reason.NoHistory);

        var elsewhere = await host.BucketAsync("elsewhere");
        await host.RecordAsync(elsewhere, -60, Block(acls: true, policy: true));
        await host.RecordAsync(elsewhere, -10, Block(acls: true, policy: true));
        await host.AssertRefusedAsync(
            await host.SendAsync(await host.DriftAsync(elsewhere, goodAt: -60, badAt: -10)), Reason.CauseElsewhere);

        var old = await host.BucketAsync("old");
        await host.RecordAsync(old, -60 * 24 * 40, Block(acls: true, policy: true));
        await host.RecordAsync(old, -10, Block(acls: false, policy: true));
        await host.AssertRefusedAsync(await host.SendAsync(await host.DriftAsync(old, goodAt: -60 * 24 * 40, badAt: -10)), Reason.TooOld);

        var another = await host.BucketAsync("another");
        await host.RecordAsync(another, -60, Block(acls: true, policy: true));
        await host.PutItemAsync(Item(another, host.Now, -30, "ResourceDeleted", "null", "{}", "{}"));
        await host.RecordAsync(another, -10, Block(acls: false, policy: true));
        await host.AssertRefusedAsync(
            await host.SendAsync(await host.DriftAsync(another, goodAt: -60, badAt: -10)), Reason.IdentityChanged);
    }

    public static async Task What_a_stack_owns_is_rolled_back_once_a_person_agreed(IScenarioHost host)
    {
        var bucket = await host.BucketAsync(block: HalfBlocked);
        await host.PutItemAsync(
            Item(bucket, host.Now, -60, "OK", "{}", Block(acls: true, policy: true), """{"aws:cloudformation:stack-name":"web"}"""));
        await host.PutItemAsync(Item(bucket, host.Now, -10, "OK", "{}", HalfBlock, """{"aws:cloudformation:stack-name":"web"}"""));

        var asked = await host.SendAsync(await host.DriftAsync(bucket, goodAt: -60, badAt: -10));

        AssertOutcome("awaiting-approval", asked);
        var incident = await host.IncidentOf(asked);
        Assert.Equal(Reason.OwnedByStack, incident.Reason);
        Assert.Contains("stack web", incident.Detail, StringComparison.Ordinal);
        Assert.Empty(host.Changes());

        AssertOutcome("fixed", await host.OperateAsync(new(OperatorVerb.Approve, asked.Incident!, "alice", null, Force: false)));
        AssertSame(Blocked, await host.BlockAsync(bucket));
    }

    public static async Task<ComplianceChange> DriftedGroupAsync(this IScenarioHost host)
    {
        var group = await host.GroupAsync(Https, OpenSsh);
        await host.RecordAsync(group, -60, Https, Database);
        await host.RecordAsync(group, -10, Https, OpenSsh);
        await host.AllowAsync(group, LaterWork);
        return await host.DriftAsync(group, goodAt: -60, badAt: -10);
    }

    /// <summary>What a security group allows: port and source.</summary>
    public static async Task<IReadOnlyList<string>> InboundAsync(this IScenarioHost host, ResourceKey group)
    {
        var output = await host.CallAsync(
            "ec2:DescribeSecurityGroupRules", $$"""{"Filters":[{"Name":"group-id","Values":["{{group.Id}}"]}]}""");
        return [.. output.Member("SecurityGroupRules").EnumerateArray()
            .Where(r => r.Member("IsEgress").ValueKind is JsonValueKind.False)
            .Select(r => $"{r.Member("FromPort")} {r.TextOf("CidrIpv4")}")
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>AWS Config recorded it so many minutes from now, with these supplementary configurations.</summary>
    public static Task RecordItemAsync(this IScenarioHost host, ResourceKey resource, int minutes, string supplementary, string tags) =>
        host.PutItemAsync(Item(resource, host.Now, minutes, "OK", "{}", supplementary, tags));

    private const string HalfBlock =
        """{"PublicAccessBlockConfiguration":"{\"blockPublicAcls\":true,\"ignorePublicAcls\":false,\"blockPublicPolicy\":true,"""
        + """\"restrictPublicBuckets\":false}"}""";

    /// <summary>A custom rule without a playbook reports the resource.</summary>
    private static async Task<ComplianceChange> DriftAsync(this IScenarioHost host, ResourceKey resource, int goodAt, int badAt)
    {
        await host.UsePolicyAsync(
            "{defaults: {mode: auto}, auto-up-to: [none, brief, cost, access], rules: [{match: {rule-name: 'our-*'}, to: "
            + "last-compliant}], rollback: {quiet: 0s}}"
        );
        var rule = await host.CustomRuleAsync("our-baseline");
        return Some.Change(rule, resource, host.Now) with
        {
            CompliantBefore = host.Now.AddMinutes(goodAt),
            OrderedAt = host.Now.AddMinutes(badAt),
        };
    }

    private static async Task AssertRefusedAsync(this IScenarioHost host, Ended ended, Reason reason)
    {
        AssertOutcome("escalated", ended);
        var incident = await host.IncidentOf(ended);
        Assert.True(reason == incident.Reason, $"{incident.Reason}: {incident.Detail}");
        Assert.Empty(host.Changes());
    }

    private static async Task<ResourceKey> GroupAsync(this IScenarioHost host, params string[] permissions)
    {
        var group = await host.CallAsync(
            "ec2:CreateSecurityGroup", $$"""{"GroupName":"{{host.Named("group")}}","Description":"scenario"}""");
        var key = new ResourceKey(host.Account, host.Region, "AWS::EC2::SecurityGroup", group.TextOf("GroupId")!);
        await host.AllowAsync(key, permissions);
        return key;
    }

    private static Task<JsonElement> AllowAsync(this IScenarioHost host, ResourceKey group, params string[] permissions) => host.CallAsync(
        "ec2:AuthorizeSecurityGroupIngress", $$"""{"GroupId":"{{group.Id}}","IpPermissions":[{{string.Join(',', permissions)}}]}""");

    /// <summary>AWS Config recorded these permissions, so many minutes from now; egress as the group has it.</summary>
    private static async Task RecordAsync(this IScenarioHost host, ResourceKey group, int minutes, string first, params string[] more)
    {
        if (group.Type is not "AWS::EC2::SecurityGroup")
        {
            await host.PutItemAsync(Item(group, host.Now, minutes, "OK", "{}", first, "{}"));
            return;
        }

        var output = await host.CallAsync(
            "ec2:DescribeSecurityGroupRules", $$"""{"Filters":[{"Name":"group-id","Values":["{{group.Id}}"]}]}""");
        var owner = output.Member("SecurityGroupRules")[0].TextOf("GroupOwnerId");
        var outbound = output.Member("SecurityGroupRules").EnumerateArray().Any(r => r.Member("IsEgress").ValueKind is JsonValueKind.True)
            ? """{"ipProtocol":"-1","ipv4Ranges":[{"cidrIp":"0.0.0.0/0"}],"ipRanges":["0.0.0.0/0"],"ipv6Ranges":[],"prefixListIds":[]"""
                + ""","userIdGroupPairs":[]}"""
            : "";
        await host.PutItemAsync(Item(group, host.Now, minutes, "OK", $$"""
            {"groupId":"{{group.Id}}","ownerId":"{{owner}}","ipPermissions":[{{string.Join(',', more.Prepend(first).Select(AsRecorded))}}],
             "ipPermissionsEgress":[{{outbound}}]}
            """, "{}", "{}"));
    }

    /// <summary>Config's names for a permission: small first letters, and the ranges twice.</summary>
    private static string AsRecorded(string permission)
    {
        var p = Json.Parse(permission);
        var range = p.Member("IpRanges")[0];
        var words = range.TextOf("Description") is { } text ? $$""","description":"{{text}}" """ : "";
        return $$"""
            {"fromPort":{{p.Member("FromPort")}},"ipProtocol":"tcp","ipv6Ranges":[],"prefixListIds":[],"toPort":{{p.Member(
                "ToPort"
            )}},"userIdGroupPairs":[],
             "ipv4Ranges":[{"cidrIp":"{{range.TextOf("CidrIp")}}"{{words}}}],"ipRanges":["{{range.TextOf("CidrIp")}}"]}
            """;
    }

    private static string Block(bool acls, bool policy) =>
        Json.Object([
                new(
                    "PublicAccessBlockConfiguration",
                    Json.Text(
                        $$"""{"blockPublicAcls":{{Text(acls)}},"ignorePublicAcls":true,"blockPublicPolicy":{{Text(policy)}}"""
                        + ""","restrictPublicBuckets":true}"""
                    )),
            ])
            .GetRawText();

    private static string Text(bool value) => value ? "true" : "false";

    private static string OpenPolicy(string bucket) =>
        """{"Version":"2012-10-17","Statement":["""
        + $$"""{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::{{bucket}}/*"}]}""";

    private static string Id(int minutes) => (2_000_000 + minutes).ToString(CultureInfo.InvariantCulture);

    /// <summary>An item as the API returns it: with JSON as text.</summary>
    internal static JsonElement Item(
        ResourceKey resource,
        DateTimeOffset now,
        int minutes,
        string status,
        string configuration,
        string supplementary,
        string tags) =>
        Json.Object([
            new("version", Json.Text("1.3")),
            new("accountId", Json.Text(resource.Account)),
            new("configurationItemCaptureTime", Json.Text(now.AddMinutes(minutes).ToString("o", CultureInfo.InvariantCulture))),
            new("configurationItemStatus", Json.Text(status)),
            new("configurationStateId", Json.Text(Id(minutes))),
            new("arn", Json.Text($"arn:aws:some:::{resource.Id}")),
            new("resourceType", Json.Text(resource.Type)),
            new("resourceId", Json.Text(resource.Id)),
            new("resourceName", Json.Text(resource.Id)),
            new("awsRegion", Json.Text(resource.Region)),
            new("tags", Json.Parse(tags)),
            new("relationships", Json.List([])),
            new("configuration", Json.Text(configuration)),
            new("supplementaryConfiguration", Json.Parse(supplementary)),
        ]);
}
