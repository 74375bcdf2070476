using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Emulator.Cases;

/// <summary>The expected end of the first event about a case's resource.</summary>
internal enum CaseEnd
{
    Fixed,

    /// <summary>A guard does not hold: a person is asked, and nothing is changed.</summary>
    Asks,

    /// <summary>The current value satisfies the rule, or is stricter: nothing is changed.</summary>
    Right,

    /// <summary>
    /// Rule and policy contradict each other, or the value to be written would not satisfy the rule: a person is notified.
    /// </summary>
    Refuses,

    /// <summary>The playbook has no call for the required value: a person is notified.</summary>
    Unsupported,

    /// <summary>No playbook answers the rule: a person is given what its guide reads and says.</summary>
    Helps,

    /// <summary>A containment that the policy names: a person agrees, and harm is kept away.</summary>
    Contained,
}

/// <summary>How exactly an undo has to restore the earlier state.</summary>
internal enum CaseUndo
{
    Exact,

    /// <summary>The setting is drifted again, but not exactly the same; the case says why.</summary>
    Close,

    /// <summary>There is no way back: an undo is refused in words, and changes nothing.</summary>
    None,
}

/// <summary>A drifted resource, and what a playbook has to do about it: one file.</summary>
/// <remarks>
/// <c>&lt;service&gt;/&lt;name&gt;[.&lt;variant&gt;].case.yaml</c> beside a playbook, or the same without <c>.case</c> among the tests, is
/// about the playbook <c>&lt;service&gt;/&lt;name&gt;</c>. docs/playbooks.md describes its keywords:
/// <code>
/// rule        identifiers of the Config rules; each one is run on a separate resource
/// parameters  the rules' InputParameters
/// params      the policy's parameters
/// seed        calls that create the drifted resource; `as` names what is taken from the output, for ${…} in everything that follows
/// resource    type, and id as AWS Config sends it
/// ends        fixed (the default), asks (a guard holds) or right (nothing to do), refuses or unsupported; helps for a guide; contained
/// check       reads by which the fix is judged, apart from the playbook's own: `equals` or `expect` says what must be there
/// evidence    texts that the answers hold which a person is shown; needed where the playbook has evidence
/// next        texts that the steps hold which a person is given; for a guide
/// unrelated   reads that must give the same before, after the fix and after the undo
/// undo        exact (the default), close, then with `because`, or none: there is no way back
/// recorded    for a rollback in place of a fix: `good` and `bad`, what AWS Config recorded while the rule held, and of the drifted
/// resource: `configuration`, `supplementaryConfiguration`
/// stand-in    for what the emulator lacks: `because`; `state`, a document for each account; `calls`, by operation: what the state
/// `becomes`, what is the `answer`, and the code of the `error` that it ends in where that is a text, all over `state` and `input`
/// </code>
/// <c>${account.id}</c> differs from run to run: use it in names that must be globally unique.
/// </remarks>
internal sealed record PlaybookCase
{
    /// <summary>The test's name: the file's name without its extension.</summary>
    public required string Name { get; init; }

    public required string Playbook { get; init; }

    public required ImmutableArray<string> Rules { get; init; }

    public required Template RuleParameters { get; init; }

    public required Template PolicyParameters { get; init; }

    public required ImmutableArray<Query> Seed { get; init; }

    public required string ResourceType { get; init; }

    public required Template ResourceId { get; init; }

    public CaseEnd Ends { get; init; }

    public ImmutableArray<Check> Checks { get; init; } = [];

    public ImmutableArray<Query> Unrelated { get; init; } = [];

    /// <summary>Texts that the evidence must contain.</summary>
    public ImmutableArray<Template> Evidence { get; init; } = [];

    /// <summary>Texts that the steps of a guide must contain.</summary>
    public ImmutableArray<Template> Next { get; init; } = [];

    public CaseUndo Undo { get; init; }

    /// <summary>What AWS Config recorded; null where the resource is fixed, not rolled back.</summary>
    public CaseHistory? History { get; init; }

    /// <summary>A drift that the playbook fixes as its rule asks.</summary>
    public bool IsFix => Ends is CaseEnd.Fixed && History is null;

    /// <summary>Something is changed, and undone.</summary>
    public bool Changes => Ends is CaseEnd.Fixed or CaseEnd.Contained;

    /// <summary>The stand-in for the emulator, or null if the emulator can do all that the case needs.</summary>
    public StandIn? StandIn { get; init; }

    /// <summary>Every operation that the case calls, with its position.</summary>
    public IEnumerable<Call> Calls => Seed.Concat(Unrelated).Concat(Checks.Select(c => c.Read)).Select(q => q.Call);
}

/// <summary>Two configuration items of the resource, without what follows from the case.</summary>
/// <param name="Good">As it was recorded while the rule held.</param>
/// <param name="Bad">As it was recorded when the rule found it wrong.</param>
internal sealed record CaseHistory(Template Good, Template Bad);

/// <summary>A read and its required result after the fix.</summary>
/// <param name="Read">The read.</param>
/// <param name="Equal">The required value, or null if <paramref name="Expect"/> tests it.</param>
/// <param name="Expect">Over <c>result</c> and the captured values.</param>
internal sealed record Check(Query Read, Template? Equal, Expression? Expect)
{
    public bool Holds(JsonElement result, Scope scope) => Equal is { } equal
        ? StateComparer.Exact.Same(equal.Render(scope), result)
        : Json.IsTruthy(Expect!.Evaluate(scope.With("result", result)));
}
