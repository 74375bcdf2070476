using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Decide;
using Remediator.Playbooks.Registered;

namespace Remediator.Playbooks;

/// <summary>What a change may cost the people who use the resource, the gravest last; a playbook has the gravest of its changes.</summary>
internal enum Impact
{
    None,

    /// <summary>Somebody may notice: access that was open closes, a connection is cut.</summary>
    Brief,
    Cost,
    Restart,

    /// <summary>Credentials or permissions of somebody are cut.</summary>
    Access,

    /// <summary>Data may be lost.</summary>
    Data,
    Irreversible,

    /// <summary>What it means is not known: of a change that no playbook describes.</summary>
    Unknown,
}

/// <summary>What can be done about one kind of non-compliance.</summary>
internal sealed record Playbook
{
    public required string Name { get; init; }

    public required string Summary { get; init; }

    /// <summary>Identifiers of the Config managed rules that this playbook answers; none where it only rolls back.</summary>
    public required ImmutableArray<string> Rules { get; init; }

    public required ImmutableArray<string> Resources { get; init; }

    public required Impact Impact { get; init; }

    /// <summary>The setting exists once per account, whichever region reports it.</summary>
    public bool IsGlobal { get; init; }

    public ImmutableArray<Parameter> Parameters { get; init; } = [];

    /// <summary>
    /// Parameters of the rules that the playbook knows and deliberately leaves: <c>name</c>, or <c>RULE_IDENTIFIER.name</c> for one
    /// rule only. Any other that a deployed rule sets must be used.
    /// </summary>
    public ImmutableArray<string> Ignores { get; init; } = [];

    /// <summary>The rule parameters that its expressions read.</summary>
    public RuleReads RuleReads => field ??= RuleReads.Of(this);

    /// <summary>Names for what the APIs call the resource, cut out of its id or built from it.</summary>
    public ImmutableArray<ResolvedName> Names { get; init; } = [];

    /// <summary>Names for what the APIs call the resource, found by calls. They may use <see cref="Names"/>.</summary>
    public ImmutableArray<Query> Resolve { get; init; } = [];

    public ImmutableArray<PlaybookGuard> Guards { get; init; } = [];

    /// <summary>What a person is shown who is asked about the change; it decides nothing.</summary>
    public ImmutableArray<EvidenceQuery> Evidence { get; init; } = [];

    public required ImmutableArray<Step> Steps { get; init; }

    /// <summary>What holds for every playbook of its resource types, asked before anything else; see <see cref="TypeFiles"/>.</summary>
    public ImmutableArray<ResourceType> Types { get; init; } = [];

    /// <summary>What a person does by hand, in Markdown.</summary>
    public required string Manual { get; init; }

    /// <summary>What it does ends with the resource gone.</summary>
    public bool Deletes => Steps.Any(s => s.Deletes is not null);

    /// <summary>How long its changes may take to show.</summary>
    public TimeSpan Wait => Steps.Max(s => s.Wait);

    /// <summary>The playbook as it was written: kept with each incident, so that an undo does what this playbook meant.</summary>
    public required string Source { get; init; }

    /// <summary>Why it does not touch a resource of another type, whoever named it for a rule.</summary>
    public string NotFor(string type) => $"The playbook {Name} is for {string.Join(", ", Resources)}, and the resource is a {type}.";
}

/// <summary>A value that the policy gives.</summary>
internal sealed record Parameter(string Name, bool Required, JsonElement Default, string Description, Place At)
{
    /// <summary>
    /// The parameters of the rules that name the same thing: a destination, a key, an identity. What the policy gives must be among
    /// what they name; where only they name it, their account has to be trusted.
    /// </summary>
    public ImmutableArray<string> FromRule { get; init; } = [];
}

/// <summary>A name for what the APIs call the resource, known without a call.</summary>
internal sealed record ResolvedName(string Name, Template Value);

/// <summary>A call of an operation, its input to be rendered.</summary>
internal sealed record Call(string Operation, Template Input, Place At)
{
    /// <summary>Over the scope; gives a list, and the call is made once for each <c>item</c> in it.</summary>
    public Expression? ForEach { get; init; }

    /// <summary>Over the scope; the call is made only where this is true.</summary>
    public Expression? When { get; init; }

    /// <summary>Over the output; true where an answer of 200 carries a failure.</summary>
    public Expression? FailsWhen { get; init; }

    /// <summary>The call only begins something, whose end is waited for; null where its answer is the end.</summary>
    public LongCall? Runs { get; init; }

    /// <summary>The call starts an SSM Automation runbook.</summary>
    public bool IsRunbook => Runs == LongCall.Runbook;

    /// <summary>The call makes a drift-aware change set of CloudFormation, which is looked at and then carried out or deleted.</summary>
    public bool IsChangeSet => Runs == LongCall.ChangeSet;

    /// <summary>The operations that carrying it out takes beside the call's own.</summary>
    public ImmutableArray<string> Further => Runs switch
    {
        null => [],
        { } runs when runs == LongCall.ChangeSet => [runs.Look, ChangeSet.Execute, ChangeSet.Delete],
        var runs => [runs.Look],
    };

    /// <summary>Error codes that mean that the call has nothing to do: what it would remove is gone, what it would add is there.</summary>
    public ImmutableArray<string> DoneOn { get; init; } = [];

    /// <summary>Error codes that mean that the resource itself is gone; <c>*.NotFound</c> is every code that ends so.</summary>
    public ImmutableArray<string> GoneOn { get; init; } = [];

    /// <summary>Whether an error says that the resource is gone.</summary>
    public bool IsGoneOn(string code) => GoneOn.Any(g => Means(g, code));

    /// <summary>EC2 has a code for each type that it does not find.</summary>
    public static bool Means(string written, string code) =>
        written.StartsWith('*') ? code.EndsWith(written[1..], StringComparison.Ordinal) : written == code;
}

/// <summary>A call that reads, and what is taken from its output under which name.</summary>
internal sealed record Query(string Name, Call Call, Expression? Take, ImmutableArray<string> AbsentOn, ImmutableArray<string> GoneOn)
{
    /// <summary>Over the output; true where the resource is gone, or ending.</summary>
    public Expression? GoneWhen { get; init; }

    /// <summary>Over the output; what the service calls the resource. The event's own name for it must be among these.</summary>
    public Expression? Identity { get; init; }
}

/// <summary>Something that must hold before anything is changed.</summary>
internal sealed record PlaybookGuard(Query Query, Expression Expect, string Because);

/// <summary>A question that a person asks before saying yes, and the query that answers it.</summary>
internal sealed record EvidenceQuery(string Show, Query Query);

/// <summary>One setting: how it is read, what it must be, how it is written and put back.</summary>
internal sealed record Step
{
    public required string Name { get; init; }

    /// <summary>Among the steps of several playbooks, the one that it is of; empty where it stands in its own.</summary>
    public string Of { get; init; } = "";

    public required ImmutableArray<Query> Read { get; init; }

    /// <summary>The type whose model the step reads and writes through Cloud Control; null for a setting of its own.</summary>
    public RegisteredType? Registered { get; init; }

    /// <summary>
    /// Laid over what was read. Either this or <see cref="Remove"/>, <see cref="Procedure"/> or <see cref="Deletes"/>, or none of them.
    /// </summary>
    public Template? Want { get; init; }

    /// <summary>Over the scope; selects the offending items.</summary>
    public Expression? Remove { get; init; }

    /// <summary>The name of the class that works out what must be, where no expression can say it; see <see cref="Procedures"/>.</summary>
    public string? Procedure { get; init; }

    /// <summary>Over the scope; true where the resource itself has to go.</summary>
    public Expression? Deletes { get; init; }

    /// <summary>Why there is no way back, and what a person does instead; null where there is one.</summary>
    public string? Final { get; init; }

    /// <summary>Over the scope; true where there is nothing to do although the state differs from what is wanted.</summary>
    public Expression? Unless { get; init; }

    /// <summary>
    /// Over the scope, with the value that is judged as <c>state</c>: what the rule asks for. Asked of what is read, of what is to be
    /// written, and of what is read back; without it, equality with what is wanted is what counts.
    /// </summary>
    public Expression? Meets { get; init; }

    /// <summary>Over a configuration item of AWS Config: the same state as it was recorded; null where Config does not record it.</summary>
    public Expression? Recorded { get; init; }

    /// <summary>There is no value that it must have: it is only put back to what was recorded.</summary>
    public bool IsOnlyRecorded => Want is null && Remove is null && Procedure is null && Deletes is null;

    public required ImmutableArray<Call> Write { get; init; }

    /// <summary>The calls that put it back; empty where a write with the earlier value does.</summary>
    public ImmutableArray<Call> Undo { get; init; } = [];

    /// <summary>The calls that put it back where there was nothing before.</summary>
    public ImmutableArray<Call> Clear { get; init; } = [];

    /// <summary>Members that AWS renews by itself, left out of comparisons.</summary>
    public ImmutableArray<string> Ignore { get; init; } = [];

    /// <summary>How long the change may take to show; zero where it shows at once.</summary>
    public TimeSpan Wait { get; init; }

    public required Place At { get; init; }
}
