using Microsoft.Extensions.Logging;
using Remediator.Aws;
using Remediator.Decide;
using Remediator.Emulator;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.Tests.Decide;

/// <summary>An exemption by tag is for whoever may tag: what is left alone leaves a line in the log, though no incident.</summary>
public sealed class ExemptionLogTests
{
    [Theory]
    [InlineData("{tag: {public: allowed}}")]
    [InlineData("{resource: bucket}")]
    public async Task Finding_that_is_left_alone_is_logged_with_the_line_that_says_so_and_its_reason(string match)
    {
        await using var host = new InMemoryHost();
        var (_, _, change) = await host.OpenBucketAsync();
        host.Fake.On(
            "resourcegroupstaggingapi:GetResources",
            """{"ResourceTagMappingList":[{"ResourceARN":"a","Tags":[{"Key":"public","Value":"allowed"}]}]}"""
        );
        var log = new Lines();
        var decider = new Decider(
            PolicyReader.Read("policy.yaml", $"exemptions: [{{match: {match}, reason: a public site, until: 2030-01-01}}]"),
            new PlaybookLibrary(Repository.At("playbooks")),
            new AwsConfigService(host.Fake, host.Clock),
            new AwsTags(host.Fake, new FakeTags(host.Fake)),
            host.Account,
            host.Clock,
            log);

        var decision = await decider.DecideAsync(change, host.Ct);

        Assert.IsType<Decision.Skip>(decision);
        var line = Assert.Single(log.Written);
        Assert.Contains(change.Rule.Name, line, StringComparison.Ordinal);
        Assert.EndsWith("is left alone by policy.yaml(1,14): a public site", line, StringComparison.Ordinal);
    }

    private sealed class Lines : ILogger<Decider>
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception));
    }
}
