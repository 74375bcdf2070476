using FsCheck;
using FsCheck.Fluent;
using Remediator.Playbooks;

namespace Remediator.EndToEnd.Tests.Faults;

/// <summary>What somebody does to a resource, followed by an event from Config.</summary>
internal enum Deed
{
    Breaks,
    Repairs,
    TakesOutOfScope,
}

/// <summary>One action, and the delivery of its event: how many steps late, and how many times.</summary>
internal sealed record Step(Deed Deed, int Resource, int Late, int Copies);

/// <summary>Histories of a few resources, with late, duplicated and reordered events.</summary>
internal static class Histories
{
    public const int Resources = 3;

    public static Arbitrary<Step[]> Any { get; } = Gen.ArrayOf(
        from deed in Gen.Frequency((5, Gen.Constant(Deed.Breaks)), (3, Gen.Constant(Deed.Repairs)), (1, Gen.Constant(Deed.TakesOutOfScope)))
        from resource in Gen.Choose(0, Resources - 1)
        from late in Gen.Choose(0, 4)
        from copies in Gen.Choose(1, 3)
        select new Step(deed, resource, late, copies)).Where(steps => steps.Length > 0).ToArbitrary();
}
