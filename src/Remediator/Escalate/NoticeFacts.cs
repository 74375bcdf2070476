using System.Collections.Immutable;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Escalate;

/// <summary>
/// What is to be told, before it has a form: each form renders all of it by its own rules. Its texts are lines that can be printed; only
/// the id of the resource, which machines compare, is as AWS has it.
/// </summary>
internal sealed record NoticeFacts
{
    /// <summary>As much of an id as a text shows.</summary>
    private const int LongestId = 200;

    public required string EventType { get; init; }

    /// <summary>The same for every message about one thing: what pagers deduplicate by.</summary>
    public required string Key { get; init; }

    public required NoticeAction Action { get; init; }

    public required string Severity { get; init; }

    public required string Reason { get; init; }

    /// <summary>Empty where it is about more than one.</summary>
    public required string Account { get; init; }

    /// <summary>What the policy calls the account; empty where it does not.</summary>
    public string AccountName { get; init; } = "";

    public string Region { get; init; } = "";

    public string ResourceType { get; init; } = "";

    public string ResourceId { get; init; } = "";

    /// <summary>What is wrong, in a sentence.</summary>
    public required string Wrong { get; init; }

    /// <summary>The same in as few words as a subject has room for.</summary>
    public required string WrongInShort { get; init; }

    /// <summary>What became of it, in a few words.</summary>
    public required string Headline { get; init; }

    /// <summary>The same, or what to do, in as few words as a subject has room for.</summary>
    public required string HeadlineInShort { get; init; }

    /// <summary>What to do, in a sentence; empty where there is nothing to do.</summary>
    public string Todo { get; init; } = "";

    /// <summary>What <see cref="Why"/> is called.</summary>
    public string WhyName { get; init; } = "Why it stopped";

    /// <summary>Why automation stopped, or asks.</summary>
    public string Why { get; init; } = "";

    public string GoesOn { get; init; } = "";

    public string Changed { get; init; } = "";

    /// <summary>How earlier changes of the rule fared with people.</summary>
    public string Earlier { get; init; } = "";

    /// <summary>What the template of the stack that owns the resource should say; empty where that is not known.</summary>
    public string Template { get; init; } = "";

    /// <summary>What it is made up of.</summary>
    public ImmutableArray<string> Lines { get; init; } = [];

    public PlanFacts? Plan { get; init; }

    /// <summary>What is known beside the plan, for whoever has to agree to it; or for whoever has to do it by hand.</summary>
    public ImmutableArray<string> Evidence { get; init; } = [];

    /// <summary>Names and values that are looked up, in the order in which they are shown.</summary>
    public ImmutableArray<(string Name, string Value)> Details { get; init; } = [];

    public ImmutableArray<(string What, string Url)> Links { get; init; } = [];

    public ImmutableArray<NextStep> Next { get; init; } = [];

    /// <summary>What a chat can offer as buttons; null where no deployed function is known to take the commands.</summary>
    public ChatButtons? Buttons { get; init; }

    /// <summary>What a person does by hand: lines of the playbook's author.</summary>
    public string Manual { get; init; } = "";

    /// <summary>The same step by step, with the resource's own values.</summary>
    public ImmutableArray<HandStep> ByHand { get; init; } = [];

    /// <summary>What only machines read beside all that.</summary>
    public MachineFacts? Machine { get; init; }

    public string Resource => ResourceType.Length == 0 ? ""
        : $"{ShortType(ResourceType)} {PlainText.Line(ResourceId, LongestId)}".TrimEnd();

    public string Where => string.Join(", ", new[]
    {
        Account.Length == 0 ? "all accounts" : AccountName.Length > 0 ? $"account {AccountName} ({Account})" : $"account {Account}",
        Region,
        Resource,
    }.Where(part => part.Length > 0));

    /// <summary>Severity, account, where, what is wrong, what to do.</summary>
    public string FirstLine => $"[{Severity}] {Where}: {Wrong} {Headline}.{(Todo.Length > 0 ? $" {Todo}" : "")}";

    private static string ShortType(string type) =>
        PlainText.Line(type.Replace("AWS::", "", StringComparison.Ordinal).Replace("::", " ", StringComparison.Ordinal), LongestId);
}

/// <summary>A plan as whoever agrees to it must see it.</summary>
/// <param name="IsMade">The calls were made.</param>
internal sealed record PlanFacts(
    bool IsMade, ImmutableArray<string> Differences, ImmutableArray<string> Calls, string Impact, string UndoNote);

/// <summary>What buttons of a chat fill in: template.yaml has the actions.</summary>
/// <param name="Function">The deployed function that takes the commands.</param>
/// <param name="Plan">The plan that an approval is of; empty where there is none to approve.</param>
/// <param name="Verbs">The commands that fit the incident as it is.</param>
internal sealed record ChatButtons(string Function, string Plan, ImmutableArray<string> Verbs);

/// <summary>What can be done next.</summary>
/// <param name="Command">Exactly what is pasted into a shell, or for an exemption into the policy.</param>
internal sealed record NextStep(string What, string Command)
{
    /// <summary>The same by the AWS CLI alone; null where there is no such way.</summary>
    public string? WithoutTool { get; init; }
}

/// <summary>Ids and counts of an incident.</summary>
internal sealed record MachineFacts
{
    public required string Incident { get; init; }

    public required string Rule { get; init; }

    public required string RuleArn { get; init; }

    public required string RuleIdentifier { get; init; }

    public required string Playbook { get; init; }

    public required string Owner { get; init; }

    public required string Environment { get; init; }

    public bool IsChanged { get; init; }

    public int Attempts { get; init; }

    public DateTimeOffset OpenedAt { get; init; }
}
