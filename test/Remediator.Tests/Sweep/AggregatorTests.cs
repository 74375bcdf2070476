using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Sweep;

/// <summary>An aggregator of AWS Config saves calls of the backlog, and nothing that it does not know is taken for compliant.</summary>
public sealed class AggregatorTests : IAsyncLifetime, IAsyncDisposable
{
    private const string Other = "210987654321";
    private const string Direct = "config:DescribeComplianceByConfigRule";
    private const string Findings = "config:DescribeAggregateComplianceByConfigRules";
    private const string Summary = "config:GetAggregateConfigRuleComplianceSummary";
    private const string Sources = "config:DescribeConfigurationAggregatorSourcesStatus";
    private readonly InMemoryHost host = new();
    private RuleRef rule = Some.Rule();

    public async Task InitializeAsync()
    {
        host.Backlog = new(new AwsBacklog(host.Fake), new AwsAggregator(host.Fake), null, host.Account, host.Region);
        await host.UsePolicyAsync(
            $"{{defaults: {{mode: auto}}, backlog: {{accounts: ['{Other}'], aggregator: {{name: organization}}}}}}");
        rule = await host.RuleAsync(PublicAccess);
        Has(host.Account, Other);
        Finds((host.Account, host.Region, rule.Name));
        OutOfDate("[]");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    Task IAsyncLifetime.DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Places_that_it_knows_are_not_asked_themselves()
    {
        var bucket = await ReportedAsync();

        await host.SweepAsync();

        AssertSame(Blocked, await host.BlockAsync(bucket));
        Assert.DoesNotContain(Direct, host.Calls);
        Assert.Equal([1, 1, 1], new[] { Findings, Summary, Sources }.Select(o => host.Calls.Count(c => c == o)));
    }

    [Fact]
    public async Task Place_that_it_has_no_results_of_is_asked_itself()
    {
        Has(Other);
        var bucket = await ReportedAsync();

        await host.SweepAsync();

        AssertSame(Blocked, await host.BlockAsync(bucket));
        Assert.Equal([host.Account], Asked());
    }

    [Theory]
    [InlineData("""[{"SourceType":"ACCOUNT","SourceId":"123456789012","AwsRegion":"us-east-1","LastUpdateStatus":"OUTDATED"}]""", 1)]
    [InlineData("""[{"SourceType":"ACCOUNT","SourceId":"123456789012","LastUpdateStatus":"FAILED"}]""", 1)]
    [InlineData("""[{"SourceType":"ACCOUNT","SourceId":"123456789012","AwsRegion":"eu-west-1","LastUpdateStatus":"FAILED"}]""", 0)]
    [InlineData("""[{"SourceType":"ORGANIZATION","SourceId":"o-1","LastUpdateStatus":"FAILED"}]""", 2)]
    public async Task Results_that_are_out_of_date_are_not_believed(string sources, int asked)
    {
        OutOfDate(sources);
        if (asked > 0)
        {
            Finds();
        }

        var bucket = await ReportedAsync();

        await host.SweepAsync();

        AssertSame(Blocked, await host.BlockAsync(bucket));
        Assert.Equal(asked, Asked().Count());
    }

    [Theory]
    [InlineData(Findings, "AccessDeniedException")]
    [InlineData(Summary, "NoSuchConfigurationAggregatorException")]
    [InlineData(Sources, "AccessDeniedException")]
    public async Task Aggregator_that_cannot_be_asked_costs_no_finding(string operation, string code)
    {
        host.Fake.On(operation, _ => throw FakeAws.Error(operation, code, 400));
        var bucket = await ReportedAsync();

        await host.SweepAsync();

        AssertSame(Blocked, await host.BlockAsync(bucket));
        Assert.Equal([host.Account, Other], Asked().Order());
    }

    [Fact]
    public async Task It_is_asked_where_the_policy_says_that_it_is()
    {
        await host.UsePolicyAsync(
            $"{{backlog: {{aggregator: {{name: organization, account: '{Other}', region: eu-west-1}}}}}}");

        await host.SweepAsync();

        var call = Assert.Single(host.Fake.All, c => c.Operation == Summary);
        Assert.Equal((Other, "eu-west-1"), (call.Account, call.Region));
        Assert.Equal("us-east-1", call.Input.Member("Filters").TextOf("AwsRegion"));
    }

    private IEnumerable<string> Asked() => host.Fake.All.Where(c => c.Operation == Direct).Select(c => c.Account);

    private void Has(params string[] accounts) => host.Fake.On(
        Summary,
        _ => Json.Object([
            new("AggregateComplianceCounts", Json.List(accounts.Select(a => Json.Object([new("GroupName", Json.Text(a))])))),
        ]));

    private void Finds(params (string Account, string Region, string Rule)[] found) => host.Fake.On(
        Findings,
        _ => Json.Object([
            new(
                "AggregateComplianceByConfigRules",
                Json.List(found.Select(f => Json.Object([
                    new("ConfigRuleName", Json.Text(f.Rule)),
                    new("AccountId", Json.Text(f.Account)),
                    new("AwsRegion", Json.Text(f.Region)),
                ])))),
        ]));

    private void OutOfDate(string sources) =>
        host.Fake.On(Sources, _ => Json.Object([new("AggregatedSourceStatusList", Json.Parse(sources))]));

    private async Task<ResourceKey> ReportedAsync()
    {
        var bucket = await host.BucketAsync("lost", HalfBlocked);
        host.Evaluations.Say(rule.Name, bucket, "NON_COMPLIANT", Some.Time);
        return bucket;
    }
}
