using System.Diagnostics;
using Remediator.Emulator;
using Remediator.Playbooks;
using Remediator.Testing.Scenarios;
using Xunit.Abstractions;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Decide;

/// <summary>The cost of an event does not grow with unrelated playbooks, accounts and policy entries.</summary>
public sealed class FlatnessTests(ITestOutputHelper output)
{
    private const string Base = "defaults: {mode: auto, owner: platform, environment: test}\n";

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Fixed_event_costs_the_same_calls_however_much_there_is()
    {
        var calls = new List<int>();
        foreach (var entries in new[] { 10, 100, 1_000, 4_000 })
        {
            calls.Add(await CallsAsync($"{entries} entries", Base + Entries(entries)));
        }

        foreach (var accounts in new[] { 1, 100, 1_000 })
        {
            calls.Add(await CallsAsync($"{accounts} accounts", Base + Accounts(accounts)));
        }

        foreach (var playbooks in new[] { 10, 100, 1_000 })
        {
            using var folder = new ManyPlaybooks(playbooks);
            calls.Add(await CallsAsync($"{playbooks} playbooks", Base, folder.Path));
        }

        Assert.Single(calls.Distinct());
    }

    private async Task<int> CallsAsync(string what, string policy, string? playbooks = null)
    {
        await using var host = new InMemoryHost();
        if (playbooks is not null)
        {
            host.UsePlaybooks(playbooks);
        }

        await host.UsePolicyAsync(policy);
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        _ = host.Service;
        var (before, watch) = (host.Calls.Count, Stopwatch.StartNew());

        AssertOutcome("fixed", await host.SendAsync(change));

        output.WriteLine($"{what,15}: {host.Calls.Count - before} calls, {watch.Elapsed.TotalMilliseconds:0.0} ms");
        return host.Calls.Count - before;
    }

    private static string Entries(int count) => "rules:\n" + string.Concat(
        Enumerable.Range(0, count).Select(n => $"  - {{match: {{account: '{200_000_000_000 + n}', rule: S3_*}}, owner: team-{n}}}\n"));

    private static string Accounts(int count) => "accounts:\n" + string.Concat(
        Enumerable.Range(0, count).Select(n => $"  '{200_000_000_000 + n}': {{name: account-{n}, team: team-{n}, environment: test}}\n"));

    private sealed class ManyPlaybooks : IDisposable
    {
        private const string Name = "s3/bucket-public-access-block";

        public ManyPlaybooks(int count)
        {
            var yaml = File.ReadAllText(Repository.At($"playbooks/{Name}.yaml"));
            Directory.CreateDirectory(System.IO.Path.Combine(Path, "s3"));
            File.WriteAllText(System.IO.Path.Combine(Path, Name + ".yaml"), yaml);
            var others = Enumerable.Range(1, count - 1).Select(n => $"RULE_{n:D4} AWS::S3::Bucket p{n}\n");
            File.WriteAllText(
                System.IO.Path.Combine(Path, PlaybookLibrary.IndexFile),
                PlaybookLibrary.Index([PlaybookReader.Read(Name, Name, yaml)]) + string.Concat(others));
        }

        public string Path { get; } = Directory.CreateTempSubdirectory("playbooks-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
