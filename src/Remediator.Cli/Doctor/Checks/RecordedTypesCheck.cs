using Remediator.Authoring.Coverage;
using Remediator.Authoring.Data;
using Remediator.Values;

namespace Remediator.Cli.Doctor.Checks;

/// <summary>The types that the deployed rules evaluate are recorded.</summary>
internal sealed class RecordedTypesCheck : ICheck
{
    public string Name => "recorded-types";

    public IEnumerable<Look> Looks(DeploymentView on) => on.Places.Select(place => Look.One($"{place}", async ct =>
    {
        var recorders = await on.In(place).CallAsync("config:DescribeConfigurationRecorders", Json.EmptyObject, ct);
        var types = (await on.CoverageAsync(place, ct))
            .Where(l => l.Coverage is not Coverage.Exempt)
            .SelectMany(l => l.Types)
            .Where(ResourceTypes.All.Contains)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToArray();
        var missing = types.Where(t => !recorders.Each("ConfigurationRecorders").Any(r => RecordedTypes.Has(r, t))).ToArray();
        return missing is []
            ? Found.Ok($"All {types.Length} types that the rules evaluate are recorded.")
            : Found.Warn(
                $"Rules evaluate types that are not recorded, and find nothing of them unless they look by themselves: "
                + $"{string.Join(", ", missing)}.",
                "Add them to the recorder's recordingGroup: aws configservice describe-configuration-recorders "
                + $"--region {place.Region}, then put-configuration-recorder");
    }));
}
