using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Playbooks;
using Remediator.Record;
using Remediator.Testing.Scenarios;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Record;

/// <summary>A deployment changes playbooks while incidents are open: each change ends with the playbook that began it.</summary>
public sealed class ChangedPlaybookTests : IDisposable
{
    private const string Name = "s3/bucket-public-access-block";
    private readonly string folder = Directory.CreateTempSubdirectory("playbooks-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Undo_uses_the_playbook_of_the_change()
    {
        await using var host = new InMemoryHost();
        var (bucket, _, _, ended) = await host.FixedBucketAsync(HalfBlocked);
        host.UsePlaybooks(Deploy(yaml => yaml.Replace("PutPublicAccessBlock", "PutBucketAcl", StringComparison.Ordinal)));

        AssertOutcome("undone", await host.UndoAsync(ended.Incident));

        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
    }

    /// <summary>A later version planned with it, and was rolled back.</summary>
    [Fact]
    public async Task Undo_uses_a_playbook_with_words_of_a_later_version()
    {
        await using var host = new InMemoryHost();
        var (bucket, _, _, ended) = await host.FixedBucketAsync(HalfBlocked);
        var incident = await host.IncidentOf(ended);
        var mine = Assert.IsType<Claim.Mine>(await host.Journal.ResumeAsync(incident, host.Ct));
        host.UsePlaybooks(Deploy(_ => null));
        var later =
            await File.ReadAllTextAsync(Repository.At($"playbooks/{Name}.yaml")) + "\nforecast:\n  users: {call: 's3:ListBuckets'}\n";
        Assert.Throws<InvalidFileException>(() => PlaybookReader.Read(Name, Name, later));
        var hash = PlaybookLibrary.HashOf(later);
        await File.WriteAllTextAsync(Path.Combine(folder, PlaybookLibrary.Versions, hash + ".yaml"), later);
        await host.Journal.ReleaseAsync(mine.Incident with { Change = incident.Change! with { PlaybookHash = hash } }, mine.Lease, host.Ct);

        AssertOutcome("undone", await host.UndoAsync(ended.Incident));

        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
    }

    [Fact]
    public void A_playbook_that_is_loaded_is_not_read_again_as_its_own_version()
    {
        var library = new PlaybookLibrary(Repository.At("playbooks"));
        var loaded = library.Load(Name);

        Assert.Same(loaded, library.Version(Name, PlaybookLibrary.HashOf(loaded.Source)));
        Assert.Throws<UnknownPlaybookException>(() => library.Version(Name, PlaybookLibrary.HashOf(loaded.Source + "\n")));
    }

    [Fact]
    public async Task Undo_does_not_need_the_current_playbook()
    {
        await using var host = new InMemoryHost();
        var (bucket, _, _, ended) = await host.FixedBucketAsync(HalfBlocked);
        host.UsePlaybooks(Deploy(_ => null));

        AssertOutcome("undone", await host.UndoAsync(ended.Incident));

        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
    }

    [Fact]
    public async Task Text_that_the_deployment_does_not_have_is_never_taken_from_elsewhere()
    {
        await using var host = new InMemoryHost();
        var (bucket, _, _, ended) = await host.FixedBucketAsync(HalfBlocked);
        host.UsePlaybooks(Deploy(yaml => yaml.Replace("PutPublicAccessBlock", "PutBucketAcl", StringComparison.Ordinal)));
        Directory.Delete(Path.Combine(folder, PlaybookLibrary.Versions), recursive: true);
        var before = host.Calls.Count;

        AssertOutcome("escalated", await host.UndoAsync(ended.Incident));

        Assert.Contains("does not have (SHA-256", (await host.IncidentOf(ended)).Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Calls.Skip(before), c => c.StartsWith("s3:", StringComparison.Ordinal));
        AssertSame(Blocked, await host.BlockAsync(bucket));
        Assert.Single(await host.NoticesAsync());
    }

    [Fact]
    public async Task Text_under_a_hash_that_is_not_its_own_is_not_used()
    {
        await using var host = new InMemoryHost();
        var (_, _, _, ended) = await host.FixedBucketAsync(HalfBlocked);
        host.UsePlaybooks(Deploy(_ => null));
        foreach (var file in Directory.GetFiles(Path.Combine(folder, PlaybookLibrary.Versions)))
        {
            await File.AppendAllTextAsync(file, "# changed\n");
        }

        AssertOutcome("escalated", await host.UndoAsync(ended.Incident));
    }

    [Theory]
    [InlineData("../s3/bucket-public-access-block")]
    [InlineData("..")]
    [InlineData("")]
    public void Invalid_hash_reaches_no_file(string hash) =>
        Assert.Throws<UnknownPlaybookException>(() => new PlaybookLibrary(Repository.At("playbooks")).Version("nothing", hash));

    [Fact]
    public async Task Plan_that_was_shown_is_asked_about_again_where_the_new_playbook_would_do_something_else()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("defaults: {mode: approve}");
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        var ended = await host.SendAsync(change);
        host.UsePlaybooks(
            Deploy(yaml => yaml.Replace("RestrictPublicBuckets: true", "RestrictPublicBuckets: false", StringComparison.Ordinal)));

        AssertOutcome("awaiting-approval", await host.OperateAsync(new(OperatorVerb.Approve, ended.Incident!, "alice", null, false)));

        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
        Assert.Empty(host.Changes());
    }

    /// <summary>A library with or without the one playbook. Its earlier text is stored under its hash.</summary>
    private string Deploy(Func<string, string?> change)
    {
        var file = Path.Combine(folder, Name + ".yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var old = File.ReadAllText(Repository.At($"playbooks/{Name}.yaml"));
        var yaml = change(old);
        Directory.CreateDirectory(Path.Combine(folder, PlaybookLibrary.Versions));
        File.WriteAllText(Path.Combine(folder, PlaybookLibrary.Versions, PlaybookLibrary.HashOf(old) + ".yaml"), old);
        Assert.NotEqual(old, yaml);
        if (yaml is not null)
        {
            File.WriteAllText(file, yaml);
        }

        var names = PlaybookLibrary.Names(folder);
        File.WriteAllText(
            Path.Combine(folder, PlaybookLibrary.IndexFile),
            PlaybookLibrary.Index(
                names.Select(name => PlaybookReader.Read(name, name, File.ReadAllText(Path.Combine(folder, name + ".yaml"))))));
        return folder;
    }
}
