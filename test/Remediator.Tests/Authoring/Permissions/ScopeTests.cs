using System.IO.Enumeration;
using System.Text.RegularExpressions;
using Remediator.Authoring.Permissions;
using Remediator.Aws.Models;
using Remediator.Aws.Permissions;
using Remediator.Decide;
using Remediator.Playbooks;
using Remediator.Tests.Authoring.Checks;
using Remediator.Values;

namespace Remediator.Tests.Authoring.Permissions;

/// <summary>
/// The resources in derived permissions, as far as they can be checked without AWS: format, service, and that no entry is unused.
/// </summary>
public partial class ScopeTests
{
    /// <summary>The ARNs of these have no region, or no account.</summary>
    private static readonly string[] WithoutRegion = ["iam", "s3"];

    private static readonly string[] WithoutAccount = ["apigateway", "s3", "ec2:*:snapshot/"];

    private static readonly (string Pattern, string Resource)[] Lines =
        [.. FactFile.Lines("iam-scopes.txt").Select(l => l.Split(' ')).Select(l => (l[0], l[1]))];

    private static IEnumerable<Permission> Shipped
    {
        get
        {
            var folder = Repository.PathOf("playbooks");
            return PlaybookPermissions.Of(PlaybookLibrary.Names(folder).Select(new PlaybookLibrary(folder).Load));
        }
    }

    private static IEnumerable<string> Modelled => ModelCatalog.Services
        .SelectMany(service => ModelCatalog.Operations(service).SelectMany(name => Actions.Of($"{service}:{name}") ?? []))
        .Select(a => a.Action)
        .Append("iam:PassRole")
        .Distinct();

    [Fact]
    public void What_the_shipped_playbooks_may_do_is_limited_to_ARNs_of_the_actions_own_service()
    {
        var limited = Shipped.Where(p => p.Resource is not "*").ToArray();

        Assert.NotEmpty(limited);
        Assert.All(limited, p => Assert.Null(Wrong(p.Action, p.Resource)));
    }

    [Fact]
    public void Every_limit_that_is_known_has_the_form_of_an_ARN_of_its_own_service() =>
        Assert.All(Lines.Where(l => l.Resource is not "*"), l => Assert.Null(Wrong(l.Pattern, l.Resource)));

    [Fact]
    public void Every_resource_pattern_is_the_first_match_of_some_action()
    {
        var used = Modelled
            .Select(action => Array.FindIndex(Lines, l => FileSystemName.MatchesSimpleExpression(l.Pattern, action, ignoreCase: false)))
            .ToHashSet();

        // A * would hide later lines from actions that the models may get one day.
        Assert.Empty(Lines.Where((l, i) => l.Resource is not "*" && !used.Contains(i)));
    }

    [Fact]
    public void A_limit_of_another_service_or_without_its_parts_is_found()
    {
        Assert.Null(Wrong("s3:PutBucketPolicy", "arn:${AWS::Partition}:s3:::*"));
        Assert.NotNull(Wrong("s3:PutBucketPolicy", "arn:${AWS::Partition}:s3:*:*:*"));
        Assert.NotNull(Wrong("s3:PutBucketPolicy", "arn:aws:s3:::*"));
        Assert.NotNull(Wrong("kms:EnableKeyRotation", "arn:${AWS::Partition}:kms:*::key/*"));
        Assert.NotNull(Wrong("es:UpdateDomainConfig", "arn:${AWS::Partition}:opensearch:*:*:domain/*"));
    }

    private static string? Wrong(string action, string resource)
    {
        if (Arn().Match(resource) is not { Success: true } arn)
        {
            return $"{action}: {resource} is no ARN";
        }

        var (service, region, account, rest) = (arn.Groups[1].Value, arn.Groups[2].Value, arn.Groups[3].Value, arn.Groups[4].Value);
        return (
            service == action.Split(':')[0],
            region.Length == 0 == WithoutRegion.Contains(service),
            account.Length == 0 == HasNoAccount(service, rest)
        ) switch
        {
            (false, _, _) => $"{action} is an action of another service than {resource}",
            (_, false, _) => $"{action}: the region in {resource}",
            (_, _, false) => $"{action}: the account in {resource}",
            _ => null,
        };
    }

    private static bool HasNoAccount(string service, string rest) =>
        WithoutAccount.Any(w =>
            w == service
            || (
                w.StartsWith($"{service}:*:", StringComparison.Ordinal)
                && rest.StartsWith(w[(service.Length + 3)..], StringComparison.Ordinal)));

    [GeneratedRegex(@"^arn:\$\{AWS::Partition\}:([a-z0-9-]+):(\*|):(\*|):(.+)$")]
    private static partial Regex Arn();
}
