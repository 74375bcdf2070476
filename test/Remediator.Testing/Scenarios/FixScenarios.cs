using Remediator.Incidents;
using Remediator.Testing.Fakes;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Testing.Scenarios;

/// <summary>What happens when all goes well, and when there is nothing to do.</summary>
internal static class FixScenarios
{
    public static async Task Public_bucket_is_fixed_and_verified(IScenarioHost host)
    {
        var (bucket, _, change) = await host.OpenBucketAsync();

        var ended = await host.SendAsync(change);

        AssertOutcome("fixed", ended);
        AssertSame(Blocked, await host.BlockAsync(bucket));
        Assert.Equal(["s3:PutPublicAccessBlock"], host.Changes());
        Assert.Equal("s3:GetPublicAccessBlock", host.Calls.Last(c => !c.StartsWith("dynamodb:", StringComparison.Ordinal)));
        Assert.Empty(await host.NoticesAsync());
    }

    public static async Task Only_the_offending_rule_of_a_security_group_goes(IScenarioHost host)
    {
        var group = await host.CallAsync(
            "ec2:CreateSecurityGroup", $$"""{"GroupName":"{{host.Named("group")}}","Description":"scenario"}""");
        var id = group.TextOf("GroupId")!;
        await host.CallAsync("ec2:AuthorizeSecurityGroupIngress", $$"""
            {"GroupId":"{{id}}","IpPermissions":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,
             "IpRanges":[{"CidrIp":"0.0.0.0/0","Description":"everybody"},{"CidrIp":"10.0.0.0/8","Description":"office"}],
             "Ipv6Ranges":[{"CidrIpv6":"::/0"}]}]}
            """);
        var rule = await host.RuleAsync(Ssh);
        var before = await RulesAsync(host, id);

        var ended = await host.SendAsync(Some.Change(rule, new(host.Account, host.Region, "AWS::EC2::SecurityGroup", id), host.Now));

        AssertOutcome("fixed", ended);
        Assert.Equal(["tcp 22-22 10.0.0.0/8 office"], await RulesAsync(host, id));

        AssertOutcome("undone", await host.UndoAsync(ended.Incident));
        Assert.Equal(before, await RulesAsync(host, id));
    }

    public static async Task Already_right_resource_is_not_touched(IScenarioHost host)
    {
        var (_, _, change) = await host.OpenBucketAsync(Blocked);

        var ended = await host.SendAsync(change);

        AssertOutcome("already-right", ended);
        Assert.Empty(host.Changes());
        Assert.Empty(await host.NoticesAsync());
    }

    public static async Task Settings_the_rule_does_not_ask_for_keep_their_value(IScenarioHost host)
    {
        var bucket = await host.BucketAsync();
        await host.CallAsync(
            "s3:PutBucketTagging", $$$"""{"Bucket":"{{{bucket.Id}}}","Tagging":{"TagSet":[{"Key":"keep","Value":"me"}]}}""");
        var rule = await host.RuleAsync(RequiredTags, """{"tag1Key":"owner","tag1Value":"platform"}""");

        AssertOutcome("fixed", await host.SendAsync(Some.Change(rule, bucket, host.Now)));

        var tags = (await host.CallAsync("s3:GetBucketTagging", $$"""{"Bucket":"{{bucket.Id}}"}""")).Member("TagSet");
        AssertSame(Json.Parse("""[{"Key":"keep","Value":"me"},{"Key":"owner","Value":"platform"}]"""), tags);
    }

    public static async Task Two_rules_on_one_bucket_at_once_both_end_right(IScenarioHost host)
    {
        var bucket = await host.BucketAsync();
        var (first, second) = (await host.RuleAsync(PublicAccess), await host.RuleAsync("S3_BUCKET_VERSIONING_ENABLED"));
        string[] events = [Some.Event(Some.Change(first, bucket, host.Now)), Some.Event(Some.Change(second, bucket, host.Now))];

        var ended = await host.DeliverAsync(events);
        for (var round = 0; round < 5 && ended.Any(e => e.IsHandedBack); round++)
        {
            // Returned to the queue because the other worker had the lease on the bucket: the queue delivers it again.
            await host.PassAsync(TimeSpan.FromMinutes(6));
            events = [.. events.Where((_, i) => ended[i].IsHandedBack)];
            ended = await host.DeliverAsync(events);
        }

        Assert.All(ended, e => AssertOutcome("fixed", e));
        AssertSame(Blocked, await host.BlockAsync(bucket));
        Assert.Equal("Enabled", (await host.CallAsync("s3:GetBucketVersioning", $$"""{"Bucket":"{{bucket.Id}}"}""")).TextOf("Status"));
        Assert.Equal(["s3:PutBucketVersioning", "s3:PutPublicAccessBlock"], host.Changes().Order(StringComparer.Ordinal));
        AssertSerialised(host);
    }

    public static async Task Answer_that_is_lost_after_the_change_was_made_is_no_second_change(IScenarioHost host)
    {
        var (bucket, _, change) = await host.OpenBucketAsync();
        host.Faults.Inject("s3:PutPublicAccessBlock", FaultKind.DoneButFails);

        AssertOutcome("pending", await host.SendAsync(change));
        var calls = host.Changes().Count();
        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(calls, host.Changes().Count());
        AssertSame(Blocked, await host.BlockAsync(bucket));
        Assert.Empty(await host.NoticesAsync());
    }

    private static async Task<IReadOnlyList<string>> RulesAsync(IScenarioHost host, string group)
    {
        var output = await host.CallAsync(
            "ec2:DescribeSecurityGroupRules",
            $$"""{"Filters":[{"Name":"group-id","Values":["{{group}}"]}]}"""
        );
        return
        [
            .. output
                .Member("SecurityGroupRules")
                .EnumerateArray()
                .Where(r => !r.Member("IsEgress").IsTruthy())
                .Select(r => string.Join(' ', [
                    r.TextOf("IpProtocol"), $"{r.Member("FromPort")}-{r.Member("ToPort")}",
                    r.TextOf("CidrIpv4") ?? r.TextOf("CidrIpv6"), r.TextOf("Description"),
                ]).Trim())
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Once one run has read the bucket for its plan, the other's first read comes after the first one's read-back.</summary>
    private static void AssertSerialised(IScenarioHost host)
    {
        var runs = host.Calls
            .Where(c => c.StartsWith("s3:", StringComparison.Ordinal))
            .Select(c => c.Contains("Versioning", StringComparison.Ordinal) ? "versioning" : "access")
            .ToList();
        var turns = runs.Where((run, i) => i == 0 || run != runs[i - 1]).ToList();
        Assert.True(turns.Count == 2, $"the runs interleaved: {string.Join(", ", host.Calls)}");
    }
}
