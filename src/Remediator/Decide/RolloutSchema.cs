namespace Remediator.Decide;

/// <summary>The words of a rollout that rises by itself.</summary>
internal static class RolloutSchema
{
    private const int Most = 1_000_000;

    public static readonly Shape.Mapping HoldIf = new("hold-if", [
        new("reverts", new Shape.Number(1, Most), "So many fixes that are found wrong again hold it.") { Default = "1" },
        new("undos", new Shape.Number(1, Most), "So many changes that are put back hold it.") { Default = "1" },
        new("failures", new Shape.Percent(), "So many percent of its changes that fail hold it; one at least.") { Default = "5%" },
    ], Least: 1);

    public static readonly Shape.Mapping Rising = new("a rollout that rises", [
        new("start", new Shape.Percent(), "The share that it begins with.") { IsRequired = true },
        new("to", new Shape.Percent(), "The share that it ends with.") { Default = "100%" },
        new("over", new Shape.Duration(MayBeZero: false), "How long it takes to rise from the one to the other.") { IsRequired = true },
        new("hold-if", HoldIf, "What keeps it from rising until a person lets it go on."),
    ]);

    public static readonly Word Word = new(
        "rollout",
        new Shape.PercentOr(Rising),
        "The share of resources, in percent, that the mode applies to; the others are observed. A mapping: a share that rises.")
    {
        Default = "100",
    };
}
