using System.IO.Enumeration;
using Remediator.Aws.Permissions;

namespace Remediator.EndToEnd.Tests.Permissions;

/// <summary>Holds what actions are limited to against the ARNs that a case really has.</summary>
/// <remarks>
/// Of most services the emulator's IAM checks the action only, so that a limit that is too narrow, or of the wrong form, would not show in
/// a run. An ARN of the service that the case has, in the event, an input or an output, has to be within the limit. What that cannot
/// show: a limit that is wider than need be, a service whose ARNs no call of the case names, and conditions.
/// </remarks>
internal static class Scopes
{
    /// <summary>The limited actions of the operations for whose service there is an ARN.</summary>
    public static IEnumerable<string> Held(IEnumerable<string> operations, IReadOnlyCollection<string> arns) =>
        Limited(operations).Where(l => Own(l.Resource, arns).Any(arn => IsWithin(arn, l.Resource))).Select(l => l.Action);

    /// <summary>The limits that none of the service's ARNs is within.</summary>
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
