using System.Globalization;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Emulator;
using Remediator.EndToEnd.Tests.Scenarios;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Load;

/// <summary>Buckets without a public access block, in several accounts, each with its own Config rule.</summary>
internal sealed class Fleet
{
    private readonly World _world;
    private readonly IReadOnlyList<ComplianceChange> _drifts;

    private Fleet(World world, IReadOnlyList<ComplianceChange> drifts) => (_world, _drifts) = (world, drifts);

    public static async Task<Fleet> MakeAsync(World world, LoadSize size)
    {
        var rules = await Task.WhenAll(Enumerable.Range(0, size.Accounts).Select(_ => RuleAsync(world, world.NewAccount())));
        var (suffix, now) = (Guid.NewGuid().ToString("N")[..12], TimeProvider.System.GetUtcNow());
        var drifts = new List<ComplianceChange>();
        foreach (var i in Enumerable.Range(0, size.Resources))
        {
            var (account, rule) = rules[i % rules.Length];
            var bucket = new ResourceKey(
                account, TemplateDeployer.Region, "AWS::S3::Bucket", string.Create(CultureInfo.InvariantCulture, $"load-{suffix}-{i}"));
            await CallAsync(world, bucket.Account, "s3:CreateBucket", $$"""{"Bucket":"{{bucket.Id}}"}""");
            drifts.Add(Some.Change(rule, bucket, now));
        }

        return new(world, drifts);
    }

    /// <summary>Each drift's event repeatedly, with the same time and a little later, in a fixed pseudo-random order.</summary>
    public IEnumerable<string> Events(LoadSize size)
    {
        var events = Enumerable.Range(0, size.EventsEach)
            .SelectMany(round => _drifts.Select(d => Some.Event(d with { RecordedAt = d.RecordedAt.AddMilliseconds(round / 2) })))
            .ToArray();
        new Random(1).Shuffle(events);
        return events;
    }

    /// <summary>The number of buckets that are right, read independently of the service.</summary>
    public async Task<int> RightAsync()
    {
        var right = 0;
        foreach (var bucket in _drifts.Select(d => d.Resource))
        {
            try
            {
                var output = await CallAsync(_world, bucket.Account, "s3:GetPublicAccessBlock", $$"""{"Bucket":"{{bucket.Id}}"}""");
                right += StateComparer.Exact.Same(output.Member("PublicAccessBlockConfiguration"), Steps.Blocked) ? 1 : 0;
            }
            catch (AwsException e) when (e.Code is "NoSuchPublicAccessBlockConfiguration")
            {
                // It has no block, so it is not right.
            }
        }

        return right;
    }

    private static async Task<(string Account, RuleRef Rule)> RuleAsync(World world, string account)
    {
        await CallAsync(world, account, "config:PutConfigRule", $$$"""
            {"ConfigRule":{"ConfigRuleName":"load","Source":{"Owner":"AWS","SourceIdentifier":"{{{Steps.PublicAccess}}}"} } }
            """);
        var found = await CallAsync(world, account, "config:DescribeConfigRules", """{"ConfigRuleNames":["load"]}""");
        return (account, new("load", found.Member("ConfigRules")[0].TextOf("ConfigRuleArn")!));
    }

    private static Task<JsonElement> CallAsync(World world, string account, string operation, string input) =>
        world.Accounts.For(account, TemplateDeployer.Region).CallAsync(operation, Json.Parse(input), CancellationToken.None);
}
