using System.Reflection;

namespace Remediator.Mutants;

/// <summary>The class that Stryker adds to the mutated assembly: says which mutant is active, and notes which were reached.</summary>
internal sealed class MutantSwitch
{
    private const int None = -1;
    private readonly FieldInfo active;
    private readonly FieldInfo capture;
    private readonly Func<IList<int>[]> reached;

    private MutantSwitch(Type control)
    {
        active = control.GetField("ActiveMutant") ?? throw Unknown("ActiveMutant");
        capture = control.GetField("CaptureCoverage") ?? throw Unknown("CaptureCoverage");
        reached = (control.GetMethod("GetCoverageData") ?? throw Unknown("GetCoverageData")).CreateDelegate<Func<IList<int>[]>>();
    }

    internal static MutantSwitch Of(Assembly mutated) => new(
        mutated.GetTypes().FirstOrDefault(type => type.Name == "MutantControl")
        ?? throw new InvalidOperationException($"{mutated.Location} has no mutants."));

    internal void Set(int mutant) => active.SetValue(null, mutant);

    internal void Clear() => Set(None);

    internal void Capture() => capture.SetValue(null, true);

    /// <summary>What was reached since the last call.</summary>
    internal IList<int> Reached() => reached()[0];

    private static InvalidOperationException Unknown(string member) =>
        new($"This version of Stryker has no {member}; the mutants cannot be switched.");
}
