using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests;

/// <summary>
/// A defect in this program, or in an expression that no check found, never ends silently, and leaves nothing half done and forgotten.
/// </summary>
public sealed class DefectTests : IDisposable
{
    private const string Name = "s3/bucket-public-access-block";
    private readonly string folder = Directory.CreateTempSubdirectory("playbooks-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Expression_that_throws_is_told_with_a_reason_and_changes_nothing()
    {
        await using var host = new InMemoryHost();
        host.UsePlaybooks(Deploy("unless: \"parse_json('no json')\""));
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);

        var ended = await host.SendAsync(change);

        AssertOutcome("escalated", ended);
        Assert.Empty(host.Changes());
        Assert.Single(await host.NoticesAsync());
    }

    [Fact]
    public async Task Defect_while_planning_notifies_a_person_at_once_without_internal_names()
    {
        await using var host = new InMemoryHost();
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        host.Fake.Before = operation =>
            operation is "s3:GetPublicAccessBlock" ? throw new InvalidCastException("Unable to cast Scope") : Task.CompletedTask;

        var ended = await host.SendAsync(change);

        AssertOutcome("escalated", ended);
        var incident = await host.IncidentOf(ended);
        Assert.Equal(
            (Reason.Failed, "Planning failed because of a defect in this program; nothing was changed."),
            (incident.Reason, incident.Detail));
        Assert.DoesNotContain("Scope", Assert.Single(await host.NoticesAsync()).GetRawText(), StringComparison.Ordinal);
        Assert.Empty(host.Changes());
    }

    [Fact]
    public async Task Defect_while_deciding_calls_a_person_too()
    {
        await using var host = new InMemoryHost();
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        host.Fake.Before = operation =>
            operation is "config:DescribeConfigRules" ? throw new InvalidCastException("Unable to cast") : Task.CompletedTask;

        AssertOutcome("escalated", await host.SendAsync(change));

        Assert.Equal("failed", Assert.Single(await host.NoticesAsync()).TextOf("reason"));
    }

    [Fact]
    public async Task Defect_after_a_change_began_leaves_it_applying_and_due_and_is_told_once_its_attempts_are_used_up()
    {
        await using var host = new InMemoryHost();
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        host.Fake.Before = operation =>
            operation is "s3:PutPublicAccessBlock" ? throw new InvalidCastException("Unable to cast") : Task.CompletedTask;

        var ended = await host.SendAsync(change);

        AssertOutcome("pending", ended);
        var left = await host.IncidentOf(ended);
        Assert.Equal((IncidentState.Applying, true), (left.State, left.Due > host.Now));
        Assert.Empty(await host.NoticesAsync());

        for (var i = 0; i < 6; i++)
        {
            await host.SweepAfterAsync(TimeSpan.FromHours(1.1));
        }

        var told = await host.IncidentOf(ended);
        Assert.Equal((IncidentState.Escalated, Reason.Failed), (told.State, told.Reason));
        Assert.Single(await host.NoticesAsync());
    }

    [Fact]
    public async Task Change_that_a_defect_stopped_continues_once_the_program_is_fixed()
    {
        await using var host = new InMemoryHost();
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        host.Fake.Before = operation =>
            operation is "s3:PutPublicAccessBlock" ? throw new InvalidCastException("Unable to cast") : Task.CompletedTask;
        await host.SendAsync(change);
        host.Fake.Before = _ => Task.CompletedTask;

        await host.SweepAfterAsync(TimeSpan.FromMinutes(10));

        AssertSame(Blocked, await host.BlockAsync(bucket));
        Assert.Empty(await host.NoticesAsync());
    }

    /// <summary>The playbook with more text after its last line.</summary>
    private string Deploy(string unless)
    {
        var shipped = File.ReadLines(Repository.At($"playbooks/{Name}.yaml"));
        var yaml = string.Join('\n', shipped.Select(line => line.StartsWith("unless:", StringComparison.Ordinal) ? unless : line));
        Assert.Contains(unless, yaml, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(folder, "s3"));
        File.WriteAllText(Path.Combine(folder, Name + ".yaml"), yaml);
        File.WriteAllText(Path.Combine(folder, PlaybookLibrary.IndexFile), PlaybookLibrary.Index([PlaybookReader.Read(Name, Name, yaml)]));
        return folder;
    }
}
