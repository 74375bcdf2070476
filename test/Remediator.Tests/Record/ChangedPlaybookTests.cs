using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Playbooks;
using Remediator.Record;
using Remediator.Testing.Scenarios;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Record;

/// <summary>A deployment brings other playbooks while incidents are open: what was begun ends by the playbook that began it.</summary>
public sealed class ChangedPlaybookTests : IDisposable
{
    private const string Name = "s3/bucket-public-access-block";
    private readonly string folder = Directory.CreateTempSubdirectory("playbooks-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Undo_goes_by_the_playbook_of_then()
    {
        await using var host = new InMemoryHost();
        var (bucket, _, _, ended) = await host.FixedBucketAsync(HalfBlocked);
        host.UsePlaybooks(Deploy(yaml => yaml.Replace("PutPublicAccessBlock", "PutBucketAcl", StringComparison.Ordinal)));

        AssertOutcome("undone", await host.UndoAsync(ended.Incident));

        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
    }

    /// <summary>A later version planned with it, and was rolled back.</summary>
    [Fact]
    public async Task Undo_goes_by_a_playbook_with_words_of_a_later_version()
    {
        await using var host = new InMemoryHost();
        var (bucket, _, _, ended) = await host.FixedBucketAsync(HalfBlocked);
        var incident = await host.IncidentOf(ended);
        var mine = Assert.IsType<Claim.Mine>(await host.Journal.ResumeAsync(incident, host.Ct));
        var later = incident.Change!.PlaybookSource + "\nevidence:\n  users: {call: 's3:ListBuckets'}\n";
        Assert.Throws<InvalidFileException>(() => PlaybookReader.Read(Name, Name, later));
        await host.Journal.ReleaseAsync(mine.Incident with { Change = incident.Change with { PlaybookSource = later } }, mine.Lease, host.Ct);

        AssertOutcome("undone", await host.UndoAsync(ended.Incident));

        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
    }

    [Fact]
    public async Task Undo_needs_no_playbook_of_now()
    {
        await using var host = new InMemoryHost();
        var (bucket, _, _, ended) = await host.FixedBucketAsync(HalfBlocked);
        host.UsePlaybooks(Deploy(_ => null));

        AssertOutcome("undone", await host.UndoAsync(ended.Incident));

        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
    }

    [Fact]
    public async Task Plan_that_was_shown_is_asked_about_again_where_the_new_playbook_would_do_something_else()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("defaults: {mode: approve}");
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        var ended = await host.SendAsync(change);
        host.UsePlaybooks(Deploy(yaml => yaml.Replace("RestrictPublicBuckets: true", "RestrictPublicBuckets: false", StringComparison.Ordinal)));

        AssertOutcome("awaiting-approval", await host.OperateAsync(new(OperatorVerb.Approve, ended.Incident!, "alice", null, false)));

        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
        Assert.Empty(host.Changes());
    }

    /// <summary>A library with the one playbook, or without it.</summary>
    private string Deploy(Func<string, string?> change)
    {
        var file = Path.Combine(folder, Name + ".yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var old = File.ReadAllText(Repository.At($"playbooks/{Name}.yaml"));
        var yaml = change(old);
        Assert.NotEqual(old, yaml);
        if (yaml is not null)
        {
            File.WriteAllText(file, yaml);
        }

        var names = PlaybookLibrary.Names(folder);
        File.WriteAllText(
            Path.Combine(folder, PlaybookLibrary.IndexFile),
            PlaybookLibrary.Index(names.Select(name => PlaybookReader.Read(name, name, File.ReadAllText(Path.Combine(folder, name + ".yaml"))))));
        return folder;
    }
}
