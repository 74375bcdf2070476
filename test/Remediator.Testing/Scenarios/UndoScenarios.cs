using System.Text.Json;
using Remediator.Incidents;
using Remediator.Testing.Fakes;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Testing.Scenarios;

/// <summary>Undoing changes.</summary>
internal static class UndoScenarios
{
    private static readonly JsonElement ChangedBySomebody =
        Json.Parse("""{"BlockPublicAcls":true,"IgnorePublicAcls":true,"BlockPublicPolicy":false,"RestrictPublicBuckets":true}""");

    public static async Task Undo_restores_exactly_what_was_read_and_holds_the_resource(IScenarioHost host)
    {
        var (bucket, _, change, ended) = await host.FixedBucketAsync(HalfBlocked);

        AssertOutcome("undone", await host.UndoAsync(ended.Incident));
        AssertSame(HalfBlocked, await host.BlockAsync(bucket));

        var next = await host.SendAsync(change.Later(10));
        AssertOutcome("skipped", next);
        Assert.Contains("held", next.Why, StringComparison.Ordinal);
        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
    }

    public static async Task Undo_takes_away_what_was_not_there_before(IScenarioHost host)
    {
        var (bucket, _, _, ended) = await host.FixedBucketAsync();

        AssertOutcome("undone", await host.UndoAsync(ended.Incident));

        Assert.True((await host.BlockAsync(bucket)).IsNull());
        Assert.Equal(["s3:PutPublicAccessBlock", "s3:DeletePublicAccessBlock"], host.Changes());
    }

    public static async Task Undo_of_a_closed_incident_reopens_it(IScenarioHost host)
    {
        var (bucket, _, change, ended) = await host.FixedBucketAsync(HalfBlocked);
        AssertOutcome("closed", await host.SendAsync(change.Later(10, Compliance.Compliant)));

        AssertOutcome("undone", await host.UndoAsync(ended.Incident));

        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
        Assert.Equal(IncidentState.Held, (await host.IncidentOf(ended)).State);
        AssertOutcome("refused", await host.UndoAsync(ended.Incident));
    }

    public static async Task Undo_stops_where_somebody_changed_the_resource_since_and_shows_the_difference(IScenarioHost host)
    {
        var (bucket, _, _, ended) = await host.FixedBucketAsync(HalfBlocked);
        // A member that the fix changed is changed again, to a third value: S3 then drops the whole block.
        await host.CallAsync("s3:DeletePublicAccessBlock", $$"""{"Bucket":"{{bucket.Id}}"}""");

        var undone = await host.UndoAsync(ended.Incident);

        AssertOutcome("conflict", undone);
        Assert.Contains("IgnorePublicAcls", undone.Why, StringComparison.Ordinal);
        Assert.True((await host.BlockAsync(bucket)).IsNull());
        Assert.Equal(["s3:PutPublicAccessBlock"], host.Changes());
    }

    public static async Task Undo_of_a_setting_that_was_not_there_keeps_what_somebody_added_since(IScenarioHost host)
    {
        var (bucket, _, _, ended) = await host.FixedBucketAsync();
        await host.BlockAsync(bucket.Id, ChangedBySomebody);

        AssertOutcome("conflict", await host.UndoAsync(ended.Incident));

        AssertSame(ChangedBySomebody, await host.BlockAsync(bucket));
    }

    public static async Task Undo_with_force_needs_a_reason_and_then_overrides_the_conflict(IScenarioHost host)
    {
        var (bucket, _, _, ended) = await host.FixedBucketAsync(HalfBlocked);
        await host.CallAsync("s3:DeletePublicAccessBlock", $$"""{"Bucket":"{{bucket.Id}}"}""");

        AssertOutcome("refused", await host.UndoAsync(ended.Incident, force: true));
        AssertOutcome("undone", await host.UndoAsync(ended.Incident, force: true, why: "it broke the site"));

        var block = await host.BlockAsync(bucket);
        Assert.False(block.Member("IgnorePublicAcls").IsTruthy());
        Assert.False(block.Member("RestrictPublicBuckets").IsTruthy());
    }

    public static async Task Undo_that_AWS_only_says_it_did_is_not_called_undone(IScenarioHost host)
    {
        var (bucket, _, _, ended) = await host.FixedBucketAsync(HalfBlocked);
        host.Faults.Inject("s3:PutPublicAccessBlock", FaultKind.DoNothing);

        AssertOutcome("escalated", await host.UndoAsync(ended.Incident));

        host.Faults.Clear();
        AssertSame(Blocked, await host.BlockAsync(bucket));
        Assert.Equal(Reason.NotVerified, (await host.IncidentOf(ended)).Reason);
        Assert.Single(await host.NoticesAsync());

        AssertOutcome("undone", await host.UndoAsync(ended.Incident));
        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
    }

    public static async Task Undo_of_what_changed_nothing_is_refused(IScenarioHost host)
    {
        var (_, _, change) = await host.OpenBucketAsync(Blocked);
        var ended = await host.SendAsync(change);

        AssertOutcome("refused", await host.UndoAsync(ended.Incident));
        AssertOutcome("refused", await host.UndoAsync("not-an-id"));
        Assert.Empty(host.Changes());
    }
}
