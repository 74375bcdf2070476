using System.Globalization;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Testing.Scenarios;

/// <summary>Common steps of scenarios.</summary>
internal static class Steps
{
    public const string PublicAccess = "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED";
    public const string Encryption = "S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED";
    public const string Ssh = "INCOMING_SSH_DISABLED";
    public const string RequiredTags = "REQUIRED_TAGS";

    public static readonly JsonElement Blocked =
        Json.Parse("""{"BlockPublicAcls":true,"IgnorePublicAcls":true,"BlockPublicPolicy":true,"RestrictPublicBuckets":true}""");

    public static readonly JsonElement HalfBlocked =
        Json.Parse("""{"BlockPublicAcls":true,"IgnorePublicAcls":false,"BlockPublicPolicy":true,"RestrictPublicBuckets":false}""");

    public static async Task<JsonElement> CallAsync(this IScenarioHost host, string operation, string input) =>
        await host.Aws.CallAsync(operation, Json.Parse(input), host.Ct);

    public static Task<RuleRef> RuleAsync(this IScenarioHost host, string identifier, string parameters = "{}") =>
        host.RuleAsync(
            identifier.ToLowerInvariant().Replace('_', '-'),
            Json.Parse($$"""{"Owner":"AWS","SourceIdentifier":"{{identifier}}"}"""),
            parameters);

    /// <summary>A rule that the owner of the account wrote.</summary>
    public static Task<RuleRef> CustomRuleAsync(this IScenarioHost host, string name) => host.RuleAsync(name, Json.Parse("""
        {"Owner":"CUSTOM_POLICY","SourceDetails":[{"EventSource":"aws.config","MessageType":"ConfigurationItemChangeNotification"}],
         "CustomPolicyDetails":{"PolicyRuntime":"guard-2.x.x","PolicyText":"rule any {}"}}
        """), "{}");

    private static async Task<RuleRef> RuleAsync(this IScenarioHost host, string called, JsonElement source, string parameters)
    {
        var name = host.Named(called);
        await host.Aws.CallAsync("config:PutConfigRule", Json.Object([KeyValuePair.Create("ConfigRule", Json.Object(
        [
            KeyValuePair.Create("ConfigRuleName", Json.Text(name)),
            KeyValuePair.Create("Source", source),
            KeyValuePair.Create("InputParameters", Json.Text(parameters)),
        ]))]), host.Ct);
        var found = await host.CallAsync("config:DescribeConfigRules", $$"""{"ConfigRuleNames":["{{name}}"]}""");
        return new(name, found.Member("ConfigRules")[0].TextOf("ConfigRuleArn")!);
    }

    public static async Task<ResourceKey> BucketAsync(this IScenarioHost host, string what = "bucket", JsonElement? block = null)
    {
        var name = host.Named(what);
        await host.CallAsync("s3:CreateBucket", $$"""{"Bucket":"{{name}}"}""");
        if (block is { } settings)
        {
            await host.BlockAsync(name, settings);
        }
        else
        {
            await host.CallAsync("s3:DeletePublicAccessBlock", $$"""{"Bucket":"{{name}}"}""");
        }

        return new(host.Account, host.Region, "AWS::S3::Bucket", name);
    }

    public static Task BlockAsync(this IScenarioHost host, string bucket, JsonElement settings) =>
        host.CallAsync(
            "s3:PutPublicAccessBlock", $$"""{"Bucket":"{{bucket}}","PublicAccessBlockConfiguration":{{settings.GetRawText()}}}""");

    /// <summary>The public access block of a bucket; null if it has none.</summary>
    public static async Task<JsonElement> BlockAsync(this IScenarioHost host, ResourceKey bucket)
    {
        try
        {
            var output = await host.CallAsync("s3:GetPublicAccessBlock", $$"""{"Bucket":"{{bucket.Id}}"}""");
            return output.Member("PublicAccessBlockConfiguration");
        }
        catch (Remediator.Aws.AwsException e) when (e.Code is "NoSuchPublicAccessBlockConfiguration")
        {
            return Json.Null;
        }
    }

    /// <summary>The default encryption of a bucket; null if it has none.</summary>
    public static async Task<JsonElement> EncryptionAsync(this IScenarioHost host, ResourceKey bucket)
    {
        try
        {
            var output = await host.CallAsync("s3:GetBucketEncryption", $$"""{"Bucket":"{{bucket.Id}}"}""");
            return output.Member("ServerSideEncryptionConfiguration").Member("Rules")[0].Member("ApplyServerSideEncryptionByDefault")
                .Member("SSEAlgorithm");
        }
        catch (Remediator.Aws.AwsException e) when (e.Code is "ServerSideEncryptionConfigurationNotFoundError")
        {
            return Json.Null;
        }
    }

    /// <summary>An open bucket, the rule that reports it, and its event.</summary>
    public static async Task<(ResourceKey Bucket, RuleRef Rule, ComplianceChange Event)> OpenBucketAsync(
        this IScenarioHost host, JsonElement? block = null)
    {
        var bucket = await host.BucketAsync(block: block);
        var rule = await host.RuleAsync(PublicAccess);
        return (bucket, rule, Some.Change(rule, bucket, host.Now));
    }

    /// <summary>The same, once the service has fixed the bucket.</summary>
    public static async Task<(ResourceKey Bucket, RuleRef Rule, ComplianceChange Event, Ended Ended)> FixedBucketAsync(
        this IScenarioHost host, JsonElement? block = null)
    {
        var (bucket, rule, change) = await host.OpenBucketAsync(block);
        var ended = await host.SendAsync(change);
        AssertOutcome("fixed", ended);
        return (bucket, rule, change, ended);
    }

    /// <summary>Time passes, and the sweep runs.</summary>
    public static async Task SweepAfterAsync(this IScenarioHost host, TimeSpan time)
    {
        await host.PassAsync(time);
        await host.SweepAsync();
    }

    /// <summary>Config sends an event, and its API gives the same evaluation.</summary>
    public static async Task<Ended> SendAsync(this IScenarioHost host, ComplianceChange change)
    {
        if (change.Compliance is Compliance.Compliant)
        {
            host.Evaluations.Say(change.Rule.Name, change.Resource, Some.Config(change.Compliance), change.RecordedAt);
        }

        return await host.ForgeAsync(change);
    }

    /// <summary>An event arrives that does not match Config's API.</summary>
    public static async Task<Ended> ForgeAsync(this IScenarioHost host, ComplianceChange change) =>
        (await host.DeliverAsync(Some.Event(change)))[0];

    /// <summary>A later event of Config about the same resource and rule.</summary>
    public static ComplianceChange Later(this ComplianceChange change, int minutes, Compliance compliance = Compliance.NonCompliant) =>
        change with { RecordedAt = change.RecordedAt.AddMinutes(minutes), Compliance = compliance };

    public static async Task<Incident> IncidentOf(this IScenarioHost host, Ended ended) =>
        await host.IncidentAsync(ended.Incident ?? "") ?? throw new InvalidOperationException($"No incident: {ended}");

    public static Task<Ended> UndoAsync(this IScenarioHost host, string? incident, bool force = false, string? why = null) =>
        host.OperateAsync(new(OperatorVerb.Undo, incident ?? "", "alice", why, force));

    public static IEnumerable<string> Changes(this IScenarioHost host) => host.Calls.Where(FakeCall.IsMutating);

    public static void AssertSame(JsonElement expected, JsonElement actual) =>
        Assert.True(StateComparer.Exact.Same(expected, actual), $"expected {Raw(expected)}\nactual   {Raw(actual)}");

    public static void AssertOutcome(string expected, Ended actual) =>
        Assert.True(expected == actual.Outcome, string.Create(CultureInfo.InvariantCulture, $"expected {expected}, and it ended {actual}"));

    private static string Raw(JsonElement value) => value.IsNull() ? "null" : value.GetRawText();
}
