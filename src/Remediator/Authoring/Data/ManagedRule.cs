using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Remediator.Values;

namespace Remediator.Authoring.Data;

/// <summary>The facts about one of AWS Config's managed rules.</summary>
/// <param name="Class"><c>auto</c>, <c>auto-param</c>, <c>approve</c> or <c>manual</c>: what can be done about it.</param>
/// <param name="Disruption">What a fix costs: <c>none</c>, <c>brief</c>, <c>restart</c>, <c>data-risk</c> or <c>cost</c>.</param>
/// <param name="Why">
/// For class <c>manual</c>, the kind of reason; for any class, <c>ended</c> if AWS has ended what the rule checks.
/// </param>
/// <param name="Types">The resource types that it evaluates; empty if it evaluates the account.</param>
/// <param name="Parameters">The names of its input parameters.</param>
/// <param name="Destinations">The parameters that name a destination, a key or an identity.</param>
internal sealed record ManagedRule(
    string Id,
    string Class,
    string Disruption,
    string Why,
    ImmutableArray<string> Types,
    ImmutableArray<string> Parameters,
    ImmutableArray<string> Destinations)
{
    private const string File = "managed-rules.txt";

    /// <summary>The date of the list, from the file's first line. A rule that is not in the list is newer.</summary>
    public static DateOnly ListedOn { get; } =
        DateOnly.ParseExact(FactFile.Lines(File).First(), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Every managed rule, by identifier.</summary>
    public static FrozenDictionary<string, ManagedRule> All => field ??= FactFile.Lines(File).Skip(1).Select(Read)
        .ToFrozenDictionary(r => r.Id, StringComparer.Ordinal);

    /// <summary>Whether AWS has ended what the rule checks: the rule should be removed.</summary>
    public bool HasEnded => Why is "ended";

    /// <summary>How much it is used.</summary>
    public RuleUse Use => RuleUse.Of(Id);

    private static ManagedRule Read(string line) =>
        line.Split(' ') is [var id, var @class, var disruption, var why, var types, var parameters]
            ? new(
                id,
                @class,
                disruption,
                why,
                List(types),
                [.. List(parameters).Select(p => p.TrimEnd('!'))],
                [.. List(parameters).Where(p => p[^1] is '!').Select(p => p[..^1])])
            : throw new InvalidDataException($"Not a line about a rule: '{line}'.");

    private static ImmutableArray<string> List(string text) => text is "-" ? [] : [.. text.Split(',')];
}
