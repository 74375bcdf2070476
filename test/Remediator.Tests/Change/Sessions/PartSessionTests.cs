using System.Text.Json;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Change.Sessions;
using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Values;

namespace Remediator.Tests.Change.Sessions;

/// <summary>The credentials of a change in parts reach no further than the part that people agreed to.</summary>
public sealed class PartSessionTests
{
    private static readonly Playbook Snapshots = new PlaybookLibrary(Repository.At("playbooks")).Load("rds/snapshot-encryption");

    [Fact]
    public void First_part_has_not_the_calls_of_the_second() => Assert.Equal(["rds:CopyDBSnapshot"], Calls(Planned("alice")));

    [Fact]
    public void Second_part_has_only_its_own() =>
        Assert.Equal(["rds:DeleteDBSnapshot"], Calls(Planned("alice", c => c with { AgreedFrom = 1 })));

    [Fact]
    public void Part_that_is_asked_for_has_only_its_own() =>
        Assert.Equal(["rds:DeleteDBSnapshot"], Calls(Planned("alice", c => c with { AsksAt = 1 })));

    [Fact]
    public void Where_nobody_was_asked_there_is_one_part() =>
        Assert.Equal(["rds:CopyDBSnapshot", "rds:DeleteDBSnapshot"], Calls(Planned(null)));

    [Theory]
    [InlineData(0, "rds:CopyDBSnapshot", "rds:DeleteDBSnapshot")]
    [InlineData(1, "rds:DeleteDBSnapshot", "rds:CopyDBSnapshot")]
    public void Policy_of_a_session_has_one_part(int from, string has, string hasNot)
    {
        var planned = Planned("alice", c => c with { AgreedFrom = from });

        var (_, policy) = ChangeSession.Policies(planned, Snapshots, AccountCredentials.LimitedRole).First();

        Assert.Contains(has, policy, StringComparison.Ordinal);
        Assert.DoesNotContain(hasNot, policy, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Calls(Incident incident) =>
        Parts.UnderWay(incident, Snapshots).SelectMany(s => s.Calls).Select(c => c.Operation);

    private static Incident Planned(string? agreedBy, Func<PlannedChange, PlannedChange>? how = null)
    {
        var change = new PlannedChange
        {
            Plan = new([Step("copy", "rds:CopyDBSnapshot"), Step("original", "rds:DeleteDBSnapshot")]),
            Inputs = Json.EmptyObject,
            Playbook = Snapshots.Name,
            PlaybookHash = "",
            AgreedBy = agreedBy,
        };
        return Some.Incident() with { Change = how?.Invoke(change) ?? change };
    }

    private static readonly JsonElement Input = Json.Parse("""
        {"DBSnapshotIdentifier":"orders","SourceDBSnapshotIdentifier":"orders","TargetDBSnapshotIdentifier":"orders-encrypted"}
        """);

    private static StepPlan Step(string name, string operation) =>
        new() { Step = name, Before = Json.Null, After = Json.Null, Calls = [new(operation, Input)] };
}
