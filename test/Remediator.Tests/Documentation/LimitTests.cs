using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Remediator.Guard;

namespace Remediator.Tests.Documentation;

/// <summary>Every limit is documented with its value, and every documented number is a limit.</summary>
public sealed partial class LimitTests
{
    private static readonly Limits L = Limits.Default;

    /// <summary>The rows of the table of limits: the beginning of each, and the limits in it.</summary>
    private static readonly (string Row, string Says, string[] Limits)[] Rows =
    [
        ("lease on a resource", Of(Limits.LeaseTime), [nameof(Limits.LeaseTime)]),
        ("least of a lease for another call", Of(Limits.LeaseReserve), [nameof(Limits.LeaseReserve)]),
        ("wait for a lease that another worker has", Of(Limits.ClaimPatience), [nameof(Limits.ClaimPatience)]),
        ("age of the knowledge that changes are not stopped, and of orders", Of(Limits.StopKnownFor), [nameof(Limits.StopKnownFor)]),
        ("age of the knowledge how far rollouts are", Of(Limits.RolloutsKnownFor), [nameof(Limits.RolloutsKnownFor)]),
        ("time to hand an incident back at the deadline", Of(Limits.HandBackGrace), [nameof(Limits.HandBackGrace)]),
        ("a run without a sign of life",
            $"{Of(L.RunTime)}, then the sweep continues it; {Of(Limits.OpenAgain)} where",
            [nameof(Limits.RunTime), nameof(Limits.OpenAgain)]),
        ("visibility timeout of the queue", "", []),
        ("reading back", $"{Of(Limits.ReadBackFor)} with growing pauses, then every {Of(L.VerifyAgain)}",
            [nameof(Limits.ReadBackFor), nameof(Limits.VerifyAgain)]),
        ("tries of a passing fault", $"{L.MostAttempts}, after 1, 3, 9 and 27 minutes", [nameof(Limits.MostAttempts)]),
        ("confirmation by Config",
            $"asked after {Of(L.ConfirmAfter)}, then every {Of(Limits.ConfirmAgain.Least)} to {Of(Limits.ConfirmAgain.Most)}; "
            + $"within {Of(L.ConfirmWithin)}",
            [nameof(Limits.ConfirmAfter), nameof(Limits.ConfirmAgain), nameof(Limits.ConfirmWithin)]),
        ("Config could not be asked", $"asked again after {Of(L.AskConfigAgain)}", [nameof(Limits.AskConfigAgain)]),
        ("not found", $"looked for again after {Of(L.GoneAgain)}", [nameof(Limits.GoneAgain)]),
        ("changes are stopped", $"looked at again after {Of(L.StoppedAgain)}", [nameof(Limits.StoppedAgain)]),
        ("notice that could not be sent", $"sent again after {Of(L.NoticeAgain)}", [nameof(Limits.NoticeAgain)]),
        ("notices of one account", $"half of those of the hour, and {L.LeastNoticesOfAccount} in any case",
            [nameof(Limits.LeastNoticesOfAccount)]),
        ("notice of a problem that has become larger", $"again after {Of(Limits.ProblemAgain)}", [nameof(Limits.ProblemAgain)]),
        ("looks for the end of a problem", $"every {Of(Limits.ProblemLooksBack)}", [nameof(Limits.ProblemLooksBack)]),
        ("look at what was left to a problem", $"until {Of(Limits.ProblemMargin)} after the last", [nameof(Limits.ProblemMargin)]),
        ("note that incidents are left to a problem", $"once in {Of(Limits.ProblemNoted)}", [nameof(Limits.ProblemNoted)]),
        ("wait for quiet before a rollback", Of(Limits.QuietPatience), [nameof(Limits.QuietPatience)]),
        ("evidence beside a plan, or for a guide",
            $"{Limits.EvidenceQueries} questions, {Limits.EvidenceCalls} calls; none begins after {Of(Limits.EvidenceTime)}",
            [nameof(Limits.EvidenceQueries), nameof(Limits.EvidenceCalls), nameof(Limits.EvidenceTime)]),
        ("hold after an undo, or by `hold`; a pause", Of(L.HoldFor), [nameof(Limits.HoldFor)]),
        ("orders of people", $"{Limits.Orders} in force at once, each for {Of(Limits.OrderTime)} at most",
            [nameof(Limits.Orders), nameof(Limits.OrderTime)]),
        ("reverted fixes before the incident is escalated as `flapping`", $"{L.MostReverts}, each within {Of(L.RevertWindow)}",
            [nameof(Limits.MostReverts), nameof(Limits.RevertWindow)]),
        ("failures before a playbook's breaker opens",
            $"{L.MostFailures} an hour in one account; for all accounts, {L.MostFailingAccounts} accounts",
            [nameof(Limits.MostFailures), nameof(Limits.MostFailingAccounts)]),
        ("incidents in one sweep", $"{Limits.IncidentsPerSweep} by the sweep itself", [nameof(Limits.IncidentsPerSweep)]),
        ("incidents looked at when an alarm rings", $"{Thousands(Limits.IncidentsPerAlarm)} of those that are due soonest",
            [nameof(Limits.IncidentsPerAlarm)]),
        ("looking again at what waits", $"after {Of(L.LookAgain)}", [nameof(Limits.LookAgain)]),
        ("changes counted in one item of the journal", $"{Thousands(Limits.LargestBudgetPart)} an hour",
            [nameof(Limits.LargestBudgetPart)]),
        ("closed incidents", $"kept {Of(Limits.Retention)}", [nameof(Limits.Retention)]),
    ];

    /// <summary>Limits that are settings of the policy, each with its default as the policy's reference writes it.</summary>
    private static readonly (string Word, string Default, string Limit)[] OfThePolicy =
    [
        ("per-hour", $"{L.ChangesPerHour}", nameof(Limits.ChangesPerHour)),
        ("per-account", $"{L.ChangesPerAccount}", nameof(Limits.ChangesPerAccount)),
        ("per-playbook", $"{L.ChangesPerPlaybook}", nameof(Limits.ChangesPerPlaybook)),
        ("per-hour", $"{L.MostNotices}", nameof(Limits.MostNotices)),
        ("problem-after", $"{L.ProblemAfter}", nameof(Limits.ProblemAfter)),
        ("remind-after", "none", nameof(Limits.RemindAfter)),
        ("exemption-reminder", $"{L.ExemptionReminder.TotalDays}d", nameof(Limits.ExemptionReminder)),
        ("per-sweep", $"{L.BacklogPerSweep}", nameof(Limits.BacklogPerSweep)),
        ("every", $"{L.BacklogEvery.TotalHours}h", nameof(Limits.BacklogEvery)),
        ("max-age", $"{L.RollbackMaxAge.TotalDays}d", nameof(Limits.RollbackMaxAge)),
        ("quiet", $"{L.RollbackQuiet.TotalHours}h", nameof(Limits.RollbackQuiet)),
    ];

    [Fact]
    public void Table_of_numbers_has_these_rows_and_no_others() => Assert.Equal(
        Rows.Select(r => r.Row), NumberRows().Matches(Numbers()).Select(m => m.Groups[1].Value));

    [Fact]
    public void Every_row_begins_with_the_limit_in_use() =>
        Assert.All(Rows, r => Assert.Contains($"\n| {r.Row} | {r.Says}", Numbers(), StringComparison.Ordinal));

    [Fact]
    public void Row_of_the_sweep_says_how_many_messages_may_wait() => Assert.Contains(
        $"the queue's {Thousands(Limits.WaitingMessages)} waiting messages", Numbers(), StringComparison.Ordinal);

    [Fact]
    public void Every_limit_of_the_policy_has_its_default_in_the_reference() => Assert.All(OfThePolicy, w => Assert.Matches(
        $@"\n\| `{w.Word}` \| [^\n]+ \| `?{w.Default}`? \|\n", Documents.Read("docs", "policy.md")));

    [Fact]
    public void Every_limit_is_in_one_of_the_two() => Assert.Equal(
        typeof(Limits).GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(m => m is FieldInfo or PropertyInfo && m.Name is not nameof(Limits.Default))
            .Select(m => m.Name).Order(StringComparer.Ordinal),
        Rows.SelectMany(r => r.Limits).Concat(OfThePolicy.Select(w => w.Limit)).Append(nameof(Limits.WaitingMessages))
            .Order(StringComparer.Ordinal));

    private static string Numbers()
    {
        var text = Documents.Operating;
        var from = text.IndexOf("\n## Numbers\n", StringComparison.Ordinal);
        return text[from..text.IndexOf("\n## ", from + 1, StringComparison.Ordinal)];
    }

    private static string Of(TimeSpan time) => time switch
    {
        { Ticks: var t } when t % TimeSpan.TicksPerDay == 0 => Count(time.TotalDays, "day"),
        { Ticks: var t } when t % TimeSpan.TicksPerHour == 0 => Count(time.TotalHours, "hour"),
        { Ticks: var t } when t % TimeSpan.TicksPerMinute == 0 => Count(time.TotalMinutes, "minute"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds} s"),
    };

    private static string Thousands(int n) => n.ToString("N0", CultureInfo.InvariantCulture);

    private static string Count(double n, string what) => string.Create(CultureInfo.InvariantCulture, $"{n} {what}{(n == 1 ? "" : "s")}");

    [GeneratedRegex(@"^\| ([^|]*[^|\s-][^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex NumberRows();
}
