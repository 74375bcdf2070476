using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Remediator.Aws.Models;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>Finds error codes that an operation never returns. For models that list no errors (S3, EC2) any code is accepted.</summary>
internal static partial class ErrorCodeCheck
{
    // Any operation may return these, though the models do not list them.
    private static readonly string[] Common =
    [
        "ValidationError", "ValidationException", "InvalidParameterValue",
        // The name of SQS's QueueDoesNotExist in its earlier protocol, awsQuery.
        "AWS.SimpleQueueService.NonExistentQueue",
    ];

    public static IEnumerable<Problem> Of(CheckedPlaybook playbook) => playbook.Sites.SelectMany(site =>
    {
        ImmutableArray<(string Word, ImmutableArray<string> Codes)> words =
            [("absent-on", site.Query?.AbsentOn ?? []), ("gone-on", site.Query?.GoneOn ?? site.Call.GoneOn), ("done-on", site.Call.DoneOn)];
        return words.SelectMany(w =>
        {
            Place At(string code) => playbook.YamlPositions.Of(w.Word, code, site.Call.At);
            return Unreachable(site.Call, w.Codes, At).Concat(Denied(w.Word, w.Codes, At));
        });
    });

    private static IEnumerable<Problem> Denied(string word, ImmutableArray<string> codes, Func<string, Place> place) =>
        codes.Where(code => Refusal().IsMatch(code)).Select(code => new Problem(
            "PB105",
            place(code),
            $"'{code}' says that the caller may not look, not that something is not there: '{word}' would take a missing permission for "
            + "a state of the resource"));

    private static IEnumerable<Problem> Unreachable(Call call, ImmutableArray<string> codes, Func<string, Place> place)
    {
        if (ModelCatalog.Find(call.Operation) is not { ErrorCodes: { Count: > 0 } known })
        {
            yield break;
        }

        foreach (var code in codes.Where(c => !known.Values.Contains(c) && !Common.Contains(c)))
        {
            if (!known.TryGetValue(code, out var wire))
            {
                yield return new(
                    "PB026",
                    place(code),
                    $"{call.Operation} never answers '{code}'{Nearest.Hint(code, [.. known.Values])}; it may answer "
                    + $"{string.Join(", ", known.Values.Distinct())}"
                );
            }
            else if (!codes.Contains(wire))
            {
                yield return new("PB026", place(code), $"{call.Operation} answers '{wire}' where its model has '{code}': write '{wire}'");
            }
        }
    }

    // Not Security Hub's InvalidAccessException: so it answers where it is turned off, and a missing permission is AccessDenied there too.
    [GeneratedRegex("(?i)denied|authorizationerror|access.?not.?allowed|unauthori[sz]ed|not.?authori[sz]ed|unauthenticated|forbidden|"
        + "optinrequired|unrecognizedclient|clienttokenid|expiredtoken|signature|auth.?failure|missingauthentication|^40[13]$|^\\*$")]
    private static partial Regex Refusal();
}
