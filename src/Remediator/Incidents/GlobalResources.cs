using System.Text.RegularExpressions;
using Remediator.Playbooks;

namespace Remediator.Incidents;

/// <summary>Resources that are the same in every region: every region may report them, and they are one problem all the same.</summary>
internal static partial class GlobalResources
{
    private static readonly string[] Services =
    [
        "AWS::IAM::", "AWS::CloudFront::", "AWS::Route53::", "AWS::GlobalAccelerator::", "AWS::Organizations::",
    ];

    /// <summary>
    /// Managed rules about something that an account has once, which every region reports: the root user, the organization, policies of
    /// IAM, Shield. Of those with a playbook, the playbook says so.
    /// </summary>
    private static readonly string[] AccountRules =
    [
        "ACCOUNT_PART_OF_ORGANIZATIONS",
        "IAM_POLICY_IN_USE", "IAM_ROOT_ACCESS_KEY_CHECK", "ROOT_ACCOUNT_HARDWARE_MFA_ENABLED", "ROOT_ACCOUNT_MFA_ENABLED",
        "SHIELD_ADVANCED_ENABLED_AUTORENEW", "SHIELD_DRT_ACCESS",
    ];

    /// <param name="resource">What Config reports.</param>
    /// <param name="playbook">What answers; null where nothing does.</param>
    /// <param name="ruleIdentifier">The managed rule; empty where it is not known.</param>
    public static ResourceKey Key(ResourceKey resource, Playbook? playbook, string ruleIdentifier = "") =>
        playbook is { IsGlobal: true }
            || AccountRules.Contains(ruleIdentifier)
            || Services.Any(s => resource.Type.StartsWith(s, StringComparison.Ordinal))
            ? resource with { Region = ResourceKey.Global }
            : resource;

    /// <summary>
    /// A rule's name without what Security Hub, conformance packs and organisation rules add to it, which differs by region:
    /// what the same rule of all regions is known by.
    /// </summary>
    public static string RuleName(string name) => Deployed().Match(name) is { Success: true } match
        ? match.Groups["hub"].Value + match.Groups["pack"].Value + match.Groups["organisation"].Value
        : name;

    [GeneratedRegex(
        @"\A(?:securityhub-(?<hub>.+)-[0-9a-z]{6,8}|(?<pack>.+)-conformance-pack-[0-9a-z]{9}|OrgConfigRule-(?<organisation>"
        + @".+)-[0-9a-z]{8})\z",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Deployed();

    /// <summary>The keys under which an incident about a resource may be found, without asking which playbook answers.</summary>
    public static IEnumerable<ResourceKey> Keys(ResourceKey resource)
    {
        var own = Key(resource, null);
        yield return own;
        if (own.Region is not ResourceKey.Global)
        {
            // A playbook may say so of any type.
            yield return resource with { Region = ResourceKey.Global };
        }
    }
}
