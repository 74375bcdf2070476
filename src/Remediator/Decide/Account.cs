using System.Collections.Immutable;
using Remediator.Playbooks;

namespace Remediator.Decide;

/// <summary>What the policy knows of an account.</summary>
internal sealed record Account(string Id)
{
    /// <summary>Where it stands in the file.</summary>
    public Place At { get; init; }

    public string? Name { get; init; }

    /// <summary>The path of its organizational unit: <c>Root/Prod/Shop</c>.</summary>
    public string? Unit { get; init; }

    public string? Team { get; init; }

    public string? Environment { get; init; }

    /// <summary>Facts of the operator's own, by their names.</summary>
    public ImmutableSortedDictionary<string, string> Values { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What a reference stands for: <c>team</c>, <c>values.cost-center</c>; null where that is not known.</summary>
    public string? Fact(string name) => name switch
    {
        "id" => Id,
        "name" => Name,
        "ou" => Unit,
        "team" => Team,
        "environment" => Environment,
        _ => Values.GetValueOrDefault(name["values.".Length..]),
    };

    /// <summary>
    /// What may be the value of a tag, by its name. The account's own name is not among it: a tag <c>Name</c> is the resource's.
    /// </summary>
    public ImmutableSortedDictionary<string, string> TagFacts => With(With(Values, "team", Team), "environment", Environment);

    /// <summary>Whether it is of one of these units, or of one below it.</summary>
    public bool IsOf(ImmutableArray<string> units) =>
        Unit is { } own && units.Any(u => Wildcard.Like(u, own) || Wildcard.Like($"{u}/*", own));

    private static ImmutableSortedDictionary<string, string> With(
        ImmutableSortedDictionary<string, string> facts, string name, string? value) =>
        value is null || facts.ContainsKey(name) ? facts : facts.Add(name, value);
}
