using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Remediator.Values;

namespace Remediator.Authoring.Data;

/// <summary>How much a managed rule is used.</summary>
/// <param name="Packs">The number of AWS's conformance packs that contain it: its weight.</param>
/// <param name="Sets">Those of <see cref="RuleSet.All"/> that contain it.</param>
internal sealed record RuleUse(int Packs, ImmutableArray<string> Sets)
{
    private static readonly RuleUse None = new(0, []);

    private static FrozenDictionary<string, RuleUse> All => field ??= FactFile.Lines("rule-use.txt").Select(Read)
        .ToFrozenDictionary(StringComparer.Ordinal);

    public static RuleUse Of(string rule) => All.GetValueOrDefault(rule, None);

    private static KeyValuePair<string, RuleUse> Read(string line) => line.Split(' ') is [var rule, var packs, var sets]
        ? KeyValuePair.Create(rule, new RuleUse(int.Parse(packs, CultureInfo.InvariantCulture), sets is "-" ? [] : [.. sets.Split(',')]))
        : throw new InvalidDataException($"Not a line about the use of a rule: '{line}'.");
}

/// <summary>A well-known set of managed rules.</summary>
internal sealed record RuleSet(string Id, string Title)
{
    public static ImmutableArray<RuleSet> All { get; } =
    [
        new("fsbp", "AWS Foundational Security Best Practices"),
        new("cis", "CIS AWS Foundations Benchmark v5.0.0"),
        new("pci-dss", "PCI DSS v4.0"),
        new("nist-800-53", "NIST SP 800-53 Rev. 5"),
        new("hipaa", "HIPAA Security"),
        new("control-tower", "AWS Control Tower, detective controls"),
    ];
}
