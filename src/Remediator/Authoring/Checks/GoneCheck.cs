using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>Checks that each playbook recognises a resource that is gone or being deleted.</summary>
internal static class GoneCheck
{
    // The account itself, and settings that every account has.
    private static readonly string[] Lasting =
        ["AWS::::Account", "AWS::S3::AccountPublicAccessBlock", "AWS::EC2::SnapshotBlockPublicAccess"];

    public static IEnumerable<Problem> Of(CheckedPlaybook playbook) => [.. WithoutGone(playbook), .. Unreachable(playbook)];

    private static IEnumerable<Problem> WithoutGone(CheckedPlaybook playbook)
    {
        var queries = playbook.Sites.Where(s => s.Type is null && s.Part is not Part.Evidence).Select(s => s.Query).OfType<Query>();
        var types = playbook.Playbook.Resources.Except(Lasting).Except(playbook.Playbook.Types.Select(t => t.Name)).ToArray();
        if (types.Length > 0
            && !playbook.Playbook.Resolve.Any(SelectsNothing)
            && !queries.Any(q => q.GoneWhen is not null || !q.GoneOn.IsEmpty)
            && !playbook.Sites.Any(s => s.Part is Part.Write && !s.Call.GoneOn.IsEmpty))
        {
            yield return new("PB100", playbook.YamlPositions.Of("resource", types[0]),
                $"nothing tells a {types[0]} that is gone or ending: a query needs 'gone-on' or 'gone-when', or the write 'gone-on'");
        }
    }

    /// <summary>A name found by a filter is null if there is no such resource, which counts as gone.</summary>
    private static bool SelectsNothing(Query query) => query.Take is { Text: var text } && text.Contains("[?", StringComparison.Ordinal);

    private static IEnumerable<Problem> Unreachable(CheckedPlaybook playbook) => playbook.Sites
        .Where(s => s.Query is { GoneOn.IsEmpty: false } && CallNames.IsOnlyFiltered(s.Call) && !CallNames.Refuses(s.Call))
        .Select(s => new Problem("PB101", s.Call.At,
            $"{s.Call.Operation} looks by a filter, and answers an empty list for what is gone: write 'gone-when' instead of 'gone-on'"));
}
