using Remediator.Aws;
using Remediator.Emulator;
using Remediator.EndToEnd.Tests.Playbooks;
using Remediator.Values;
using Xunit.Abstractions;

namespace Remediator.EndToEnd.Tests.Emulation;

/// <summary>
/// Tests each rule of the AWS-like layer over HTTP with the product's own client. For one rule: <c>--filter DisplayName~id</c>.
/// </summary>
[Collection(Remediator.EndToEnd.Tests.Playbooks.OnTheEmulator.Name)]
[Trait("Category", "Emulator")]
public sealed class LayerRuleTests(Emulated emulated, ITestOutputHelper output)
{
    private const string Region = "us-east-1";

    private static readonly string Folder = Repository.At("test", "Remediator.EndToEnd.Tests", "Emulation", "Rules");

    private static readonly string[] Shown =
        [.. Directory.GetFiles(Folder, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Ids => [.. Shown];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Case_passes_with_the_rule_and_fails_without_it(string id)
    {
        var problem = await ProblemAsync(id, emulated.NewAccount());
        Assert.True(problem is null, problem);

        var without = emulated.NewAccount();
        await emulated.Moto.Layer.WithoutAsync(without, id, CancellationToken.None);
        Assert.True(await ProblemAsync(id, without) is not null, $"Without the rule {id} its case holds just as well: it shows nothing.");
    }

    [Fact]
    public async Task Every_rule_has_a_case_and_a_source()
    {
        var rules = await emulated.Moto.Layer.RulesAsync(CancellationToken.None);
        foreach (var rule in rules)
        {
            output.WriteLine($"{rule.Id} ({rule.Kind}): {rule.Says} {rule.Source}");
        }

        output.WriteLine($"rules: {rules.Count}, sources: {rules.Select(r => r.Source).Distinct().Count()}");
        Assert.Equal(rules.Select(r => r.Id).Order(StringComparer.Ordinal), Shown);
        Assert.All(rules, rule => Assert.StartsWith("https://", rule.Source, StringComparison.Ordinal));
    }

    /// <summary>
    /// The codes are those of busy or new resources, which the emulator never has. (The client retries throttling errors itself.)
    /// </summary>
    [Theory]
    [InlineData(
        "dynamodb:UpdateContinuousBackups",
        "ContinuousBackupsUnavailableException",
        """{"TableName":"orders","PointInTimeRecoverySpecification":{"PointInTimeRecoveryEnabled":true}}"""
    )]
    [InlineData(
        "wafv2:AssociateWebACL",
        "WAFUnavailableEntityException",
        """{"WebACLArn":"arn:aws:wafv2:us-east-1:1:regional/webacl/a/b","""
        + """ "ResourceArn":"arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/app/a/b"}"""
    )]
    [InlineData(
        "rds:ModifyDBSnapshotAttribute",
        "InvalidDBSnapshotState",
        """{"DBSnapshotIdentifier":"orders","AttributeName":"restore"}"""
    )]
    [InlineData("application-autoscaling:DescribeScalingPolicies", "ConcurrentUpdateException", """{"ServiceNamespace":"dynamodb"}""")]
    public async Task An_error_on_demand_comes_as_often_as_it_was_asked_for(string operation, string code, string input)
    {
        var account = emulated.NewAccount();
        var aws = emulated.Accounts.For(account, Region);
        await emulated.Moto.Layer.FailAsync(account, operation, code, times: 2, CancellationToken.None);

        Assert.Equal(code, await CodeAsync());
        Assert.Equal(code, await CodeAsync());
        Assert.NotEqual(code, await CodeAsync());

        async Task<string?> CodeAsync() =>
            (
                await Xunit.Record.ExceptionAsync(() => aws.CallAsync(operation, Json.Parse(input), CancellationToken.None)) as AwsException
            )?.Code;
    }

    /// <summary>The difference from what the case expects, or null.</summary>
    private Task<string?> ProblemAsync(string id, string account) =>
        new RuleCaseRun(emulated, account, Region).ProblemAsync(RuleCase.Read(Path.Combine(Folder, $"{id}.yaml")), CancellationToken.None);
}
