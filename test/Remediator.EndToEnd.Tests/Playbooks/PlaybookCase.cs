using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Playbooks;

/// <summary>How the first event about a case's resource has to end.</summary>
internal enum CaseEnd
{
    Fixed,

    /// <summary>A guard holds it back: a person is asked, and nothing is changed.</summary>
    Asks,

    /// <summary>What is there satisfies the rule, or is stricter: nothing is changed.</summary>
    Right,

    /// <summary>
    /// The rule and the policy cannot both be followed, or what would be written would not satisfy the rule: a person is told.
    /// </summary>
    Refuses,

    /// <summary>The playbook has no call for what it would have to be: a person is told.</summary>
    Unsupported,
}

/// <summary>How near to what was before an undo has to come.</summary>
internal enum CaseUndo
{
    Exact,

    /// <summary>The setting is drifted again, but not the same to the letter; the case says why.</summary>
    Close,

    /// <summary>There is no way back: an undo is refused in words, and changes nothing.</summary>
    None,
}

/// <summary>A drifted resource, and what a playbook has to make of it: one file under <c>Cases</c>.</summary>
/// <remarks>
/// <c>Cases/&lt;service&gt;/&lt;name&gt;[.&lt;variant&gt;].yaml</c> is about the playbook <c>&lt;service&gt;/&lt;name&gt;</c>. Its words:
/// <code>
/// rule        identifiers of the Config rules; each one is run on a resource of its own
/// parameters  the rules' InputParameters
/// params      what the policy gives
/// seed        calls that make the drifted resource; `as` keeps what was taken under a name, for ${…} in all that follows
/// resource    type, and id as AWS Config sends it
/// ends        fixed (the default), asks (a guard holds) or right (nothing to do)
/// check       reads by which the fix is judged, apart from the playbook's own: `equals` or `expect` says what must be there
/// evidence    texts that the answers hold which a person is shown; needed where the playbook has evidence
/// unrelated   reads that must give the same before, after the fix and after the undo
/// undo        exact (the default), close, then with `because`, or none: there is no way back
/// stand-in    for what the emulator lacks: `because`; `state`, a document for each account; `calls`, by operation: what the state
/// `becomes`, what is the `answer`, and the code of the `error` that it ends in where that is a text, all over `state` and `input`
/// </code>
/// <c>${account.id}</c> differs from run to run: it makes names unique that AWS wants unique in the world.
/// </remarks>
internal sealed record PlaybookCase
{
    /// <summary>As a test is named: the file without its ending.</summary>
    public required string Name { get; init; }

    public required string Playbook { get; init; }

    public required ImmutableArray<string> Rules { get; init; }

    public required Remediator.Playbooks.Template RuleParameters { get; init; }

    public required Remediator.Playbooks.Template PolicyParameters { get; init; }

    public required ImmutableArray<Query> Seed { get; init; }

    public required string ResourceType { get; init; }

    public required Remediator.Playbooks.Template ResourceId { get; init; }

    public CaseEnd Ends { get; init; }

    public ImmutableArray<Check> Checks { get; init; } = [];

    public ImmutableArray<Query> Unrelated { get; init; } = [];

    /// <summary>Texts that the evidence holds, apart from what it says beside them.</summary>
    public ImmutableArray<Remediator.Playbooks.Template> Evidence { get; init; } = [];

    public CaseUndo Undo { get; init; }

    /// <summary>What answers in place of the emulator, or null where that can do all that the case needs.</summary>
    public StandIn? StandIn { get; init; }

    /// <summary>Every operation that the case calls, with its place.</summary>
    public IEnumerable<Call> Calls => Seed.Concat(Unrelated).Concat(Checks.Select(c => c.Read)).Select(q => q.Call);
}

/// <summary>A read and what it must give after the fix.</summary>
/// <param name="Read">The read.</param>
/// <param name="Equal">The value, or null where <paramref name="Expect"/> says it.</param>
/// <param name="Expect">Over <c>result</c> and the captured values.</param>
internal sealed record Check(Query Read, Remediator.Playbooks.Template? Equal, Expression? Expect)
{
    public bool Holds(JsonElement result, Scope scope) => Equal is { } equal
        ? Values.StateComparer.Exact.Same(equal.Render(scope), result)
        : Values.Json.IsTruthy(Expect!.Evaluate(scope.With("result", result)));
}
