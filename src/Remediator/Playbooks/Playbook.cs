using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Decide;
using Remediator.Playbooks.Registered;

namespace Remediator.Playbooks;

/// <summary>
/// What a change may cost the people who use the resource, most severe last; a playbook has the most severe of its changes.
/// </summary>
internal enum Impact
{
    None,

    /// <summary>Somebody may notice: open access is closed, a connection is cut.</summary>
    Brief,
    Cost,
    Restart,

    /// <summary>Somebody loses credentials or permissions.</summary>
    Access,

    /// <summary>Data may be lost.</summary>
    Data,
    Irreversible,

    /// <summary>The impact is unknown: no playbook describes the change.</summary>
    Unknown,
}

/// <summary>What can be done about one kind of non-compliance.</summary>
internal sealed record Playbook
{
    public required string Name { get; init; }

    public required string Summary { get; init; }

    /// <summary>
    /// Identifiers of the Config managed rules that this playbook answers; none if it only rolls back, or is for custom rules.
    /// </summary>
    public required ImmutableArray<string> Rules { get; init; }

    public required ImmutableArray<string> Resources { get; init; }

    public required Impact Impact { get; init; }

    /// <summary>The setting exists once per account, in whichever region it is reported.</summary>
    public bool IsGlobal { get; init; }

    public ImmutableArray<Parameter> Parameters { get; init; } = [];

    /// <summary>
    /// Parameters of the rules that the playbook deliberately ignores: <c>name</c>, or <c>RULE_IDENTIFIER.name</c> for one
    /// rule only. Every other parameter that a deployed rule sets must be used.
    /// </summary>
    public ImmutableArray<string> Ignores { get; init; } = [];

    /// <summary>The rule parameters that its expressions read.</summary>
    public RuleReads RuleReads => field ??= RuleReads.Of(this);

    /// <summary>Those that are asked also where nothing differs: they alone look at a parameter of the rule.</summary>
    public ImmutableArray<PlaybookGuard> GuardsOfRule => RuleReads.GuardsOf(this);

    /// <summary>The APIs' names for the resource, taken from its id or built from it.</summary>
    public ImmutableArray<ResolvedName> Names { get; init; } = [];

    /// <summary>The APIs' names for the resource, found by calls. They may use <see cref="Names"/>.</summary>
    public ImmutableArray<Query> Resolve { get; init; } = [];

    public ImmutableArray<PlaybookGuard> Guards { get; init; } = [];

    /// <summary>What a person sees before approving the change; it decides nothing.</summary>
    public ImmutableArray<EvidenceQuery> Evidence { get; init; } = [];

    public required ImmutableArray<Step> Steps { get; init; }

    /// <summary>Guards for every playbook of its resource types, checked first; see <see cref="TypeFiles"/>.</summary>
    public ImmutableArray<ResourceType> Types { get; init; } = [];

    /// <summary>What an undo does not bring back, in a sentence; empty where it brings back everything.</summary>
    public string NotUndone { get; init; } = "";

    /// <summary>
    /// What a person still has to do: the change keeps harm away and does not satisfy the rule. Null for a fix. A containment answers a
    /// rule only where the policy names it, and is made only after a person's yes.
    /// </summary>
    public string? Containment { get; init; }

    /// <summary>What a person does by hand, in Markdown.</summary>
    public required string Manual { get; init; }

    /// <summary>What it does ends with the resource gone.</summary>
    public bool Deletes => Steps.Any(s => s.Deletes is not null);

    /// <summary>Nothing is wanted: its settings are only put back to what was recorded.</summary>
    public bool OnlyRollsBack => Steps.All(s => s.IsOnlyRecorded);

    /// <summary>How long its changes may take to show.</summary>
    public TimeSpan Wait => Steps.Max(s => s.Wait);

    /// <summary>It changes nothing: what a <see cref="Guide"/> reads.</summary>
    public bool IsOfGuide => Steps.IsEmpty;

    /// <summary>The playbook's text: each incident refers to it by hash, so that an undo uses the same text as the change.</summary>
    public required string Source { get; init; }

    /// <summary>Why it does not change a resource of another type, even if the policy names it for a rule.</summary>
    public string NotFor(string type) => $"The playbook {Name} is for {string.Join(", ", Resources)}, and the resource is a {type}.";
}

/// <summary>A value that the policy gives.</summary>
internal sealed record Parameter(string Name, bool Required, JsonElement Default, string Description, Place At)
{
    /// <summary>
    /// The parameters of the rules that name the same thing: a destination, a key, an identity. A value from the policy must be one of
    /// theirs; if only the rule has a value, its account must be trusted.
    /// </summary>
    public ImmutableArray<string> FromRule { get; init; } = [];
}

/// <summary>An API's name for the resource, known without a call.</summary>
internal sealed record ResolvedName(string Name, Template Value);

/// <summary>A call of an operation, with a template for its input.</summary>
internal sealed record Call(string Operation, Template Input, Place At)
{
    /// <summary>Over the scope; gives a list, and the call is made once for each <c>item</c> of it.</summary>
    public Expression? ForEach { get; init; }

    /// <summary>Over the scope; the call is made only if this is true.</summary>
    public Expression? When { get; init; }

    /// <summary>Over the output; true if a successful response reports a failure.</summary>
    public Expression? FailsWhen { get; init; }

    /// <summary>The call only starts something whose end is awaited; null if its response is the end.</summary>
    public LongCall? Runs { get; init; }

    /// <summary>The call starts an SSM Automation runbook.</summary>
    public bool IsRunbook => Runs == LongCall.Runbook;

    /// <summary>The call creates a drift-aware change set of CloudFormation, which is examined and then executed or deleted.</summary>
    public bool IsChangeSet => Runs == LongCall.ChangeSet;

    /// <summary>The operations that the call needs in addition to its own.</summary>
    public ImmutableArray<string> Further => Runs switch
    {
        null => [],
        { } runs when runs == LongCall.ChangeSet => [runs.Look, ChangeSet.Execute, ChangeSet.Delete],
        var runs => [runs.Look],
    };

    /// <summary>Error codes that mean that the call has nothing to do: what it removes is gone, what it adds exists.</summary>
    public ImmutableArray<string> DoneOn { get; init; } = [];

    /// <summary>Error codes that mean that the resource itself is gone; <c>*.NotFound</c> is every code with that ending.</summary>
    public ImmutableArray<string> GoneOn { get; init; } = [];

    /// <summary>Whether an error says that the resource is gone.</summary>
    public bool IsGoneOn(string code) => GoneOn.Any(g => Means(g, code));

    /// <summary>EC2 has a separate code for each type that it does not find.</summary>
    public static bool Means(string written, string code) =>
        written.StartsWith('*') ? code.EndsWith(written[1..], StringComparison.Ordinal) : written == code;
}

/// <summary>A call that reads, and the parts of its output that are used, by name.</summary>
internal sealed record Query(string Name, Call Call, Expression? Take, ImmutableArray<string> AbsentOn, ImmutableArray<string> GoneOn)
{
    /// <summary>The query's playbook if several playbooks are combined; otherwise empty.</summary>
    public string Of { get; init; } = "";

    /// <summary>Over the output; true if the resource is gone or being deleted.</summary>
    public Expression? GoneWhen { get; init; }

    /// <summary>Over the output; the service's names for the resource. The event's name for it must be one of these.</summary>
    public Expression? Identity { get; init; }
}

/// <summary>A condition that must hold before any change.</summary>
internal sealed record PlaybookGuard(Query Query, Expression Expect, string Because);

/// <summary>A question that a person asks before approving, and the query that answers it.</summary>
internal sealed record EvidenceQuery(string Show, Query Query);

/// <summary>One setting: how it is read, the required value, how it is written and restored.</summary>
internal sealed record Step
{
    public required string Name { get; init; }

    /// <summary>The step's playbook if steps of several playbooks are combined; otherwise empty.</summary>
    public string Of { get; init; } = "";

    public required ImmutableArray<Query> Read { get; init; }

    /// <summary>The type whose whole model the step reads and writes through Cloud Control; null for a single setting.</summary>
    public RegisteredType? Registered { get; init; }

    /// <summary>
    /// Laid over what was read. Either this or <see cref="Remove"/>, <see cref="Procedure"/> or <see cref="Deletes"/>, or none of them.
    /// </summary>
    public Template? Want { get; init; }

    /// <summary>Over the scope; selects the items to remove.</summary>
    public Expression? Remove { get; init; }

    /// <summary>The name of the class that calculates the required value if no expression can; see <see cref="Procedures"/>.</summary>
    public string? Procedure { get; init; }

    /// <summary>Over the scope; true where the resource itself has to go.</summary>
    public Expression? Deletes { get; init; }

    /// <summary>Why there is no way back, and what a person does instead; null where there is one.</summary>
    public string? Final { get; init; }

    /// <summary>
    /// People who agreed to the change are asked again before this step, with this sentence; null where their first yes is for it too.
    /// </summary>
    public string? AskAgain { get; init; }

    /// <summary>
    /// Why one yes is enough for a step that destroys or interrupts after one that took long; null where nothing is to be said.
    /// </summary>
    public string? AskOnce { get; init; }

    /// <summary>Over the scope; true where there is nothing to do although the state differs from what is wanted.</summary>
    public Expression? Unless { get; init; }

    /// <summary>
    /// Over the scope, with the value under test as <c>state</c>: the rule's requirement. It is tested on what is read, what is to be
    /// written, and what is read back; without it, the value must equal the wanted value.
    /// </summary>
    public Expression? Meets { get; init; }

    /// <summary>Over a configuration item of AWS Config: the recorded state; null if Config does not record it.</summary>
    public Expression? Recorded { get; init; }

    /// <summary>There is no value that it must have: it is only put back to what was recorded.</summary>
    public bool IsOnlyRecorded => Want is null && Remove is null && Procedure is null && Deletes is null;

    public required ImmutableArray<Call> Write { get; init; }

    /// <summary>The calls that restore it; empty if a write with the earlier value does.</summary>
    public ImmutableArray<Call> Undo { get; init; } = [];

    /// <summary>The calls that put it back where there was nothing before.</summary>
    public ImmutableArray<Call> Clear { get; init; } = [];

    /// <summary>Members that AWS changes by itself, left out of comparisons.</summary>
    public ImmutableArray<string> Ignore { get; init; } = [];

    /// <summary>How long the change may take to become visible; zero if it is visible at once.</summary>
    public TimeSpan Wait { get; init; }

    public required Place At { get; init; }
}
