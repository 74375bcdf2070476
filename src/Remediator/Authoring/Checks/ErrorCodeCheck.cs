using System.Collections.Immutable;
using Remediator.Aws.Models;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>Finds error codes that an operation never returns. For models that list no errors (S3, EC2) any code is accepted.</summary>
internal static class ErrorCodeCheck
{
    // Any operation may return these, though the models do not list them.
    private static readonly string[] Common =
    [
        "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "ValidationError", "ValidationException", "InvalidParameterValue",
        // The name of SQS's QueueDoesNotExist in its earlier protocol, awsQuery.
        "AWS.SimpleQueueService.NonExistentQueue",
    ];

    public static IEnumerable<Problem> Of(CheckedPlaybook playbook) => playbook.Sites.SelectMany(site =>
    {
        ImmutableArray<(string Word, ImmutableArray<string> Codes)> words =
            [("absent-on", site.Query?.AbsentOn ?? []), ("gone-on", site.Query?.GoneOn ?? site.Call.GoneOn), ("done-on", site.Call.DoneOn)];
        return words.SelectMany(w => Unreachable(site.Call, w.Codes, code => playbook.YamlPositions.Of(w.Word, code, site.Call.At)));
    });

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
}
