using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Values;

namespace Remediator.Cli.Doctor.Checks;

/// <summary>Which types of resources a recorder records.</summary>
internal static class RecordedTypes
{
    private const string ByName = "INCLUSION_BY_RESOURCE_TYPES";
    private const string AllBut = "EXCLUSION_BY_RESOURCE_TYPES";

    /// <summary>Recorded in all regions where they are at all, and only where the recorder says so.</summary>
    private static readonly ImmutableHashSet<string> Global = ["AWS::IAM::User", "AWS::IAM::Group", "AWS::IAM::Role", "AWS::IAM::Policy"];

    public static bool Has(JsonElement recorder, string type)
    {
        var group = recorder.Member("recordingGroup");
        return group.Member("recordingStrategy").TextOf("useOnly") switch
        {
            ByName => IsNamed(group, type),
            AllBut => !group.Member("exclusionByResourceTypes").TextsOf("resourceTypes").Contains(type, StringComparer.Ordinal),
            _ when group.IsNull() => !Global.Contains(type),
            _ when group.IsTrue("allSupported") => !Global.Contains(type) || group.IsTrue("includeGlobalResourceTypes"),
            _ => IsNamed(group, type),
        };
    }

    private static bool IsNamed(JsonElement group, string type) => group.TextsOf("resourceTypes").Contains(type, StringComparer.Ordinal);
}
