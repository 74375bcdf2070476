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

    /// <summary>The calls that were made; null where the deployed function made them.</summary>
    public ImmutableArray<PlannedCall>? Calls { get; init; }

    /// <summary>On a conflict: what was written, and what the resource holds instead.</summary>
    public ImmutableArray<Difference> Differences { get; init; } = [];

    public IReadOnlyList<Message> Unsent { get; init; } = [];

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
