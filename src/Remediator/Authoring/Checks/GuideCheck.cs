using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>Checks that the steps of a guide are few, and that what stands in a command is quoted by nobody twice.</summary>
internal static class GuideCheck
{
    private const int MostSteps = 10;

    public static IEnumerable<Problem> Of(CheckedPlaybook playbook) => playbook.Guide is not { } guide ? [] :
    [
        .. guide.Next.Skip(MostSteps).Take(1).Select(s => new Problem(
            "PB081", s.At, $"a guide has {MostSteps} steps at most: whoever reads it has to see what comes first")),
        .. guide.Next.Where(s => s.Run is { } run && IsQuoted(run.Text)).Select(s => new Problem(
            "PB082", s.Run!.Text.At, "'${…}' in a command is quoted as one word by itself: write no quotes around it")),
        .. guide.Next.Where(s => s.Run is { Text: Template.Members or Template.Items }).Select(s => new Problem(
            "PB002", s.Run!.Text.At, "expected text")),
    ];

    /// <summary>A value within quotes that the author wrote: an odd number of them before it.</summary>
    private static bool IsQuoted(Template command)
    {
        if (command is not Template.Text text)
        {
            return false;
        }

        var open = '\0';
        foreach (var part in text.Parts)
        {
            if (part is TextPart.Placeholder && open != '\0')
            {
                return true;
            }

            foreach (var c in part is TextPart.Plain plain ? plain.Text : "")
            {
                open = open == '\0' && c is '\'' or '"' ? c : c == open ? '\0' : open;
            }
        }

        return false;
    }
}
