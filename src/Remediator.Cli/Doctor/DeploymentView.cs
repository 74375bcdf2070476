using System.Collections.Concurrent;
using System.Collections.Immutable;
using Remediator.Authoring.Coverage;
using Remediator.Aws;
using Remediator.Aws.Endpoints;
using Remediator.Decide;
using Remediator.Operate;
using Remediator.Playbooks;

namespace Remediator.Cli.Doctor;

/// <summary>An account and region that is served.</summary>
internal readonly record struct Place(string Account, string Region)
{
    public override string ToString() => $"{Account} {Region}";
}

/// <summary>What checks look at: the deployment, and the files here that it is compared with. What several need is asked once.</summary>
/// <param name="stack">As CloudFormation has it.</param>
/// <param name="accounts">The way to AWS with this person's credentials.</param>
/// <param name="report">Compares rules with the policy.</param>
/// <param name="clock">This machine's.</param>
internal sealed class DeploymentView(DeployedStack stack, IAwsAccounts accounts, CoverageReport report, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Place, Lazy<Task<ImmutableArray<CoverageLine>>>> _coverage = new();
    private Lazy<Task<FunctionView>>? _function;

    public DeployedStack Stack => stack;

    public TimeProvider Clock => clock;

    /// <summary>The account and region of the stack.</summary>
    public required Place Home { get; init; }

    /// <summary>All that the policy's backlog names, the own first.</summary>
    public required IReadOnlyList<Place> Places { get; init; }

    public required Policy Policy { get; init; }

    public required PlaybookLibrary Playbooks { get; init; }

    /// <summary>The files here.</summary>
    public required DeployedFiles Files { get; init; }

    /// <summary>The role in other accounts; null where none is served.</summary>
    public string? MemberRole { get; init; }

    /// <summary>The id of the event that is sent everywhere; null where none is.</summary>
    public string? Probe { get; init; }

    public IAws Own => In(Home);

    public string Partition => AwsPartition.Of(Home.Region).Name;

    public IAws In(Place place) => accounts.For(place.Account, place.Region);

    /// <summary>The rules of a place with what would become of their findings.</summary>
    public Task<ImmutableArray<CoverageLine>> CoverageAsync(Place place, CancellationToken ct) => _coverage.GetOrAdd(
        place, _ => new(async () =>
        [
            .. (await new AwsBacklog(accounts).RulesAsync(place.Account, place.Region, null, ct))
                .SelectMany(rule => report.Of(place.Account, place.Region, rule)),
        ])).Value;

    /// <summary>What the deployed function sees.</summary>
    public Task<FunctionView> FunctionAsync(CancellationToken ct)
    {
        Interlocked.CompareExchange(ref _function, new(() => FunctionView.AskAsync(this, ct)), null);
        return _function.Value;
    }

    /// <summary>The ARN of a queue by its URL.</summary>
    public string QueueArn(string url) => $"arn:{Partition}:sqs:{Home.Region}:{Home.Account}:{url.Split('/')[^1]}";
}
