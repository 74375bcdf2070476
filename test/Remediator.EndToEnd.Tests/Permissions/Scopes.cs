using System.IO.Enumeration;
using Remediator.Aws.Permissions;

namespace Remediator.EndToEnd.Tests.Permissions;

/// <summary>Compares the resources of permissions with the ARNs that occur in a case.</summary>
/// <remarks>
/// For most services the emulator's IAM checks only the action, so a resource pattern that is too narrow, or of the wrong form, would not
/// fail in a run. An ARN of the service in the event, an input or an output must match the pattern. This does not find patterns that are
/// too wide, services whose ARNs no call of the case has, and conditions.
internal static class Scopes
{
    /// <summary>The actions limited to resources, of operations for whose service there is an ARN.</summary>
    public static IEnumerable<string> Held(IEnumerable<string> operations, IReadOnlyCollection<string> arns) =>
        Limited(operations).Where(l => Own(l.Resource, arns).Any(arn => IsWithin(arn, l.Resource))).Select(l => l.Action);

    /// <summary>The patterns that match none of the service's ARNs.</summary>
    public static IEnumerable<string> Missed(IEnumerable<string> operations, IReadOnlyCollection<string> arns) => Limited(operations)
        .Where(l => Own(l.Resource, arns) is { Length: > 0 } own && !own.Any(arn => IsWithin(arn, l.Resource)))
        .Select(l => $"{l.Action} is limited to {l.Resource}, and the case has {string.Join(", ", Own(l.Resource, arns))}");

    private static IEnumerable<(string Action, string Resource)> Limited(IEnumerable<string> operations) =>
        operations.SelectMany(o => Actions.Of(o) ?? [])
            .Where(a => a.Resource is not "*")
            .Select(a => (a.Action, a.Resource.Replace("${AWS::Partition}", "aws", StringComparison.Ordinal)))
            .Distinct();

    private static string[] Own(string resource, IEnumerable<string> arns) =>
        [.. arns.Where(arn => arn.Split(':') is [_, _, var service, ..] && service == resource.Split(':')[2])];

    private static bool IsWithin(string arn, string resource) => FileSystemName.MatchesSimpleExpression(resource, arn, ignoreCase: false);
}
