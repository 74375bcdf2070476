using Remediator.EndToEnd.Tests.Scenarios;
using Remediator.Incidents;

namespace Remediator.EndToEnd.Tests.Load;

/// <summary>
/// Many concurrent events through a real queue to processes of the published function: each has a known end, and each resource is changed
/// once. With REMEDIATOR_LOAD=full: 10,000 events for 500 resources in 20 accounts with 8 processes.
/// </summary>
[Collection(InTheWorld.Name)]
[Trait("Category", "Emulator")]
public sealed class LoadTests(World world)
{
    private const int BudgetOfPlaybook = 50;
    private const int NoticesAnHour = 50;

    [Fact]
    public async Task Every_message_is_accounted_for_and_each_resource_is_changed_once()
    {
        var size = LoadSize.Asked;

        var figures = await LoadRun.RunAsync(
            world, size, "{defaults: {mode: auto}, budgets: {per-hour: 100000, per-account: 100000, per-playbook: 100000}}");
        Console.WriteLine(figures);

        Assert.Equal(size.Messages, figures.Ends.Values.Sum());
        Assert.Equal(size.Processes, figures.Of(LoadFigures.Dead));
        Assert.Equal(size.Resources, figures.Of("fixed"));
        Assert.Equal(size.Messages - size.Processes - size.Resources, figures.Of(LoadFigures.Answered) + figures.Of("already-right"));
        Assert.Equal(size.Resources, figures.Right);
        Assert.Equal([KeyValuePair.Create(1, size.Resources)], figures.Changes);
        Assert.Equal([KeyValuePair.Create(IncidentState.Fixed, size.Resources)], figures.Incidents);
        Assert.Equal(0, figures.Notices);
    }

    [Fact]
    public async Task Flood_at_the_limits_of_no_policy_is_a_playbooks_budget_of_changes_and_an_hours_notices_over_all_processes()
    {
        var size = new LoadSize(Resources: 120, Accounts: 2, EventsEach: 2, Processes: 4, TimeSpan.FromSeconds(5), MostReceives: 3);
        var hour = TimeProvider.System.GetUtcNow().Hour;

        // Told one by one, so that the limit of an hour is met.
        var figures = await LoadRun.RunAsync(world, size, "{defaults: {mode: auto}, escalation: {problem-after: 1000000}}");
        Console.WriteLine(figures);

        // If an hour ends during the run, there are two of them.
        var hours = hour == TimeProvider.System.GetUtcNow().Hour ? 1 : 2;
        Assert.InRange(figures.Right, BudgetOfPlaybook, BudgetOfPlaybook * hours);
        Assert.Equal([KeyValuePair.Create(1, figures.Right)], figures.Changes);
        Assert.Equal(size.Resources - figures.Right, figures.Incidents[IncidentState.Escalated]);
        Assert.InRange(figures.Notices, Math.Min(NoticesAnHour, size.Resources - figures.Right), NoticesAnHour * hours);
        Assert.Equal(size.Messages, figures.Ends.Values.Sum());
        Assert.Equal(0, figures.Of(LoadFigures.Lost));
    }
}
