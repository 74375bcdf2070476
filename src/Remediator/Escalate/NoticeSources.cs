using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.Escalate;

/// <summary>
/// Adds to a notice what the playbooks say, of the change or of a rule that none of them answers, and who takes commands.
/// </summary>
internal sealed class NoticeSources(PlaybookLibrary playbooks, OperateFunction? operate = null)
{
    public Notice Complete(Notice notice) => notice.Kind is NoticeKind.Resolved
        ? notice
        : notice with { Playbook = WordsOf(notice.Incident), Guide = GuideOf(notice.Incident), Operate = operate };

    private PlaybookWords? WordsOf(Incident incident)
    {
        try
        {
            return incident.Change is { PlaybookHash.Length: > 0 } change ? PlaybookWords.Of(new IncidentPlaybooks(playbooks).Of(change))
                : incident.Playbook.Length > 0 ? PlaybookWords.Of(playbooks.Load(incident.Playbook))
                : null;
        }
        catch (Exception e)
            when (e is InvalidFileException or UnknownPlaybookException or FileNotFoundException or DirectoryNotFoundException)
        {
            // A notice without it is better than no notice.
            return null;
        }
    }

    private static RuleGuide? GuideOf(Incident incident) =>
        incident.Reason is Reason.Unsupported or Reason.Contained ? RuleGuides.Of(incident.Terms.RuleIdentifier) : null;
}
