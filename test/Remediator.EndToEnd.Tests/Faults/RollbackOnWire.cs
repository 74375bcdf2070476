using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws;
using Remediator.Emulator;
using Remediator.EndToEnd.Tests.Scenarios;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Faults;

/// <summary>A resource that AWS Config recorded first right and then wrong, and a custom rule without a playbook that reports it.</summary>
internal sealed class RollbackOnWire : Situation
{
    /// <summary>A rule that the drift added to a security group.</summary>
    public const string OfList = "rollback of a list";

    /// <summary>A rule of a security group that the drift added, and one that it took away.</summary>
    public const string OfListBothWays = "rollback of a list both ways";

    /// <summary>Two members of a bucket's public access block that the drift turned off.</summary>
    public const string OfValue = "rollback of a value";

    /// <summary>Whom the policy names among the approvers, by his role.</summary>
    public const string Anna = $"arn:aws:sts::{TemplateDeployer.Account}:assumed-role/PlatformOncall/anna";

    private const string CustomRule = """
        {"Owner":"CUSTOM_POLICY","SourceDetails":[{"EventSource":"aws.config","MessageType":"ConfigurationItemChangeNotification"}],
         "CustomPolicyDetails":{"PolicyRuntime":"guard-2.x.x","PolicyText":"rule any {}"}}
        """;
    private const string Https =
        """{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"10.0.0.0/8","Description":"office"}]}""";
    private const string Ssh =
        """{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"0.0.0.0/0","Description":"for a moment"}]}""";
    private const string Database =
        """{"IpProtocol":"tcp","FromPort":5432,"ToPort":5432,"IpRanges":[{"CidrIp":"10.1.0.0/16","Description":"data"}]}""";
    private const string Later =
        """{"IpProtocol":"tcp","FromPort":8080,"ToPort":8080,"IpRanges":[{"CidrIp":"10.2.0.0/16","Description":"a new service"}]}""";

    private readonly IAws _aws;
    private readonly string _right;

    private RollbackOnWire(IAws aws, string right, ComplianceChange change) : base(change) => (_aws, _right) = (aws, right);

    public override bool IsUndoneExactly => true;

    public override string Policy => """
        defaults: {mode: auto, owner: team, environment: test}
        auto-up-to: [none, brief, cost, access]
        rules: [{match: {rule-name: 'our-*'}, to: last-compliant}]
        budgets: {per-hour: 1000, per-account: 1000, per-playbook: 1000}
        """;

    /// <summary>When AWS Config recorded it as it was right.</summary>
    public DateTimeOffset RightAt => Change.CompliantBefore!.Value;

    /// <summary>A policy under which nothing is changed that no person asked for.</summary>
    public static string Observing => """
        defaults: {mode: observe, owner: team, environment: test}
        auto-up-to: [none, brief, cost, access]
        approvers: {team: [PlatformOncall]}
        """;

    public static bool Knows(string name) => name is OfList or OfListBothWays or OfValue;

    public static async Task<RollbackOnWire> OfAsync(World world, string name, CancellationToken ct)
    {
        var (account, now) = (world.NewAccount(), TimeProvider.System.GetUtcNow());
        var aws = world.Accounts.For(account, TemplateDeployer.Region);
        var resource = await RightAsync(aws, name, account, ct);
        var right = await ReadAsync(aws, resource, ct);
        await RecordAsync(world, resource, now.AddHours(-3), ct);
        await DriftAsync(aws, name, resource, ct);
        await RecordAsync(world, resource, now.AddHours(-2), ct);
        var rule = await PutRuleAsync(aws, "our-baseline", CustomRule, Json.Null, ct);
        var change = Some.Change(rule, resource, now) with { CompliantBefore = now.AddHours(-3), OrderedAt = now.AddHours(-2) };
        return new(aws, right, change);
    }

    /// <summary>Somebody changes it after the last recording: another rule of the group, or a member that did not drift.</summary>
    public Task ChangeLaterAsync(CancellationToken ct) => Change.Resource.Type is "AWS::S3::Bucket"
        ? BlockAsync(_aws, Change.Resource.Id, Merging.Merge(Steps.HalfBlocked, Json.Parse("""{"BlockPublicPolicy":false}""")), ct)
        : AllowAsync(_aws, Change.Resource.Id, Later, ct);

    /// <summary>What it reads when what drifted is back, and what somebody changed later is still there.</summary>
    public string RightWithLaterChange => Change.Resource.Type is "AWS::S3::Bucket"
        ? Merging.Merge(Json.Parse(_right), Json.Parse("""{"BlockPublicPolicy":false}""")).GetRawText()
        : Listed([.. Json.Parse(_right).EnumerateArray(), Read(Json.Parse(Later))]);

    public override Task<string> ReadAsync(CancellationToken ct) => ReadAsync(_aws, Change.Resource, ct);

    public override async Task<bool> IsRightAsync(CancellationToken ct) => await ReadAsync(ct) == _right;

    /// <summary>Has the deployed Operate function roll it back, by its URL.</summary>
    /// <exception cref="EmulatorException">The process ended.</exception>
    public async Task<JsonElement> OrderAsync(DeployedService service, CancellationToken ct)
    {
        var answer = await FunctionUrl.AskAsync(service.Process("operate"), Anna, new JsonObject
        {
            ["command"] = "Rollback",
            ["by"] = "anna",
            ["rollback"] = new JsonObject
            {
                ["type"] = Change.Resource.Type,
                ["id"] = Change.Resource.Id,
                ["account"] = Change.Resource.Account,
                ["region"] = Change.Resource.Region,
                ["rule"] = Change.Rule.Name,
                ["to"] = RightAt,
            },
        }.ToJsonString(), ct);
        return Json.Parse(Encoding.UTF8.GetString(answer.Payload));
    }

    private static async Task<ResourceKey> RightAsync(IAws aws, string name, string account, CancellationToken ct)
    {
        if (name is OfValue)
        {
            var bucket = $"rolled-back-{Guid.NewGuid():N}";
            await aws.CallAsync("s3:CreateBucket", Input("Bucket", bucket), ct);
            await BlockAsync(aws, bucket, Steps.Blocked, ct);
            return new(account, TemplateDeployer.Region, "AWS::S3::Bucket", bucket);
        }

        var made = await aws.CallAsync("ec2:CreateSecurityGroup", Json.Parse("""{"GroupName":"group","Description":"drifts"}"""), ct);
        var group = new ResourceKey(account, TemplateDeployer.Region, "AWS::EC2::SecurityGroup", made.TextOf("GroupId")!);
        await AllowAsync(aws, group.Id, name is OfListBothWays ? $"{Https},{Database}" : Https, ct);
        return group;
    }

    private static async Task DriftAsync(IAws aws, string name, ResourceKey resource, CancellationToken ct)
    {
        if (name is OfValue)
        {
            await BlockAsync(aws, resource.Id, Steps.HalfBlocked, ct);
            return;
        }

        await AllowAsync(aws, resource.Id, Ssh, ct);
        if (name is OfListBothWays)
        {
            await aws.CallAsync(
                "ec2:RevokeSecurityGroupIngress",
                Json.Parse($$"""{"GroupId":"{{resource.Id}}","IpPermissions":[{{Database}}]}"""),
                ct);
        }
    }

    private static async Task<string> ReadAsync(IAws aws, ResourceKey resource, CancellationToken ct)
    {
        if (resource.Type is "AWS::S3::Bucket")
        {
            var block = await aws.CallAsync("s3:GetPublicAccessBlock", Input("Bucket", resource.Id), ct);
            return block.Member("PublicAccessBlockConfiguration").GetRawText();
        }

        var output = await aws.CallAsync("ec2:DescribeSecurityGroups", Input("GroupIds", resource.Id), ct);
        var rules = output.Member("SecurityGroups")[0].Member("IpPermissions").EnumerateArray();
        return Listed(rules.Select(Read));
    }

    private static JsonElement Read(JsonElement permission) => Json.Text(
        $"{permission.Member("FromPort")} {Json.List(permission.Member("IpRanges").EnumerateArray().Select(
            r => Json.Object([new("CidrIp", r.Member("CidrIp")), new("Description", r.Member("Description"))])))}");

    private static string Listed(IEnumerable<JsonElement> permissions) =>
        Json.List(permissions.OrderBy(r => r.GetString(), StringComparer.Ordinal)).GetRawText();

    private static Task<JsonElement> BlockAsync(IAws aws, string bucket, JsonElement block, CancellationToken ct) => aws.CallAsync(
        "s3:PutPublicAccessBlock", Json.Object([new("Bucket", Json.Text(bucket)), new("PublicAccessBlockConfiguration", block)]), ct);

    private static Task<JsonElement> AllowAsync(IAws aws, string group, string permission, CancellationToken ct) => aws.CallAsync(
        "ec2:AuthorizeSecurityGroupIngress", Json.Parse($$"""{"GroupId":"{{group}}","IpPermissions":[{{permission}}]}"""), ct);

    private static Task<Emulator.RecordedItem> RecordAsync(World world, ResourceKey resource, DateTimeOffset at, CancellationToken ct) =>
        world.Emulator.Layer.RecordAsync(resource.Account, resource.Region, resource.Type, resource.Id, at, ct);

    private static JsonElement Input(string name, string value) =>
        Json.Parse(name.EndsWith('s') ? $$"""{"{{name}}":["{{value}}"]}""" : $$"""{"{{name}}":"{{value}}"}""");
}
