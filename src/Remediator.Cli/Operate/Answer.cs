using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Authoring.Catalog;
using Remediator.Aws;
using Remediator.Cli.Output;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Cli.Operate;

/// <summary>How a person's command ended.</summary>
internal sealed record Answer(string Outcome, string? Incident, string? Reason)
{
    /// <summary>A fault kept the command from being carried out, or from being answered.</summary>
    public const string Failed = "failed";

    /// <summary>The fault may have nothing to do with the incident.</summary>
    public bool IsFault { get; init; }

    /// <summary>Further commands would be refused too, and would notify people.</summary>
    public bool IsBudgetUsedUp { get; init; }

    /// <summary>Of a rollback: what was done, or would be.</summary>
    public Plan? Plan { get; init; }

    /// <summary>
    /// The calls that were made, or where nothing was changed yet, would be; null where the deployed function made them and does not say.
    /// </summary>
    public ImmutableArray<PlannedCall>? Calls { get; init; }

    /// <summary>On a conflict: what was written, and what the resource holds instead.</summary>
    public ImmutableArray<Difference> Differences { get; init; } = [];

    public IReadOnlyList<Message> Unsent { get; init; } = [];

    /// <summary>The outcomes of which a plan is only shown.</summary>
    public static bool IsPlanOnly(string outcome) => outcome is "observed" or "awaiting-approval";

    public void Write(Utf8JsonWriter w)
    {
        w.WriteString("outcome", Outcome);
        w.WriteString("incident", Incident);
        w.WriteString("reason", Reason);
        if (Calls is { } calls)
        {
            w.List("calls", calls, call =>
            {
                w.WriteString("operation", call.Operation);
                w.Member("input", call.Input);
            });
        }

        if (Plan is { } plan)
        {
            w.List("settings", plan.Steps, step =>
            {
                w.WriteString("name", step.Step);
                w.Member("before", step.Before);
                w.Member("after", step.After);
            });
        }

        if (Differences is not [])
        {
            w.List("conflicts", Differences, d =>
            {
                w.WriteString("at", d.At);
                w.Member("written", d.Old);
                w.Member("found", d.New);
            });
        }
    }
}
