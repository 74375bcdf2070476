using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Remediator.Playbooks;

/// <summary>The part of a playbook that a call belongs to.</summary>
internal enum Part
{
    Type,
    Resolve,
    Guard,
    Evidence,
    Read,
    Write,
    Undo,
    Clear,
}

/// <summary>A call with its position in the playbook.</summary>
/// <param name="Index">Its number among the calls of its part.</param>
internal sealed record CallSite(Part Part, Call Call, int Index)
{
    private static readonly ConditionalWeakTable<Playbook, CallSite[]> Known = [];

    public Step? Step { get; init; }

    public Query? Query { get; init; }

    public PlaybookGuard? Guard { get; init; }

    /// <summary>The resource type that the call finds.</summary>
    public ResourceType? Type { get; init; }

    public bool Changes => Part is Part.Write or Part.Undo or Part.Clear;

    /// <summary>All calls of a playbook, in order.</summary>
    public static ImmutableArray<CallSite> Of(Playbook playbook) =>
        ImmutableCollectionsMarshal.AsImmutableArray(Known.GetValue(playbook, Find));

    private static CallSite[] Find(Playbook playbook) =>
    [
        .. playbook.Types.Select((t, i) => new CallSite(Part.Type, t.Read.Call, i) { Query = t.Read, Type = t }),
        .. playbook.Resolve.Select((q, i) => new CallSite(Part.Resolve, q.Call, i) { Query = q }),
        .. playbook.Guards.Select((g, i) => new CallSite(Part.Guard, g.Query.Call, i) { Query = g.Query, Guard = g }),
        .. playbook.Evidence.Select((e, i) => new CallSite(Part.Evidence, e.Query.Call, i) { Query = e.Query }),
        .. playbook.Steps.SelectMany(Of),
    ];

    private static IEnumerable<CallSite> Of(Step step) =>
    [
        .. step.Read.Select((q, i) => new CallSite(Part.Read, q.Call, i) { Query = q, Step = step }),
        .. step.Write.Select((c, i) => new CallSite(Part.Write, c, i) { Step = step }),
        .. step.Undo.Select((c, i) => new CallSite(Part.Undo, c, i) { Step = step }),
        .. step.Clear.Select((c, i) => new CallSite(Part.Clear, c, i) { Step = step }),
    ];
}
