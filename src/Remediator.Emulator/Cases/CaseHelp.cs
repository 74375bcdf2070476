using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.Emulator.Cases;

/// <summary>
/// A person who is called about a rule without a playbook is given what its guide reads, all of it readable, and its steps.
/// </summary>
internal static class CaseHelp
{
    public static CaseStep Step(PlaybookCase @case, Incident? incident, Scope scope, IReadOnlyList<Message> notices)
    {
        var help = incident?.Telling.Help;
        string[] evidence = [.. help?.Evidence.Lines ?? []];
        string[] steps = [.. help?.Steps.SelectMany(s => new[] { s.Do, s.Run }).Where(line => line.Length > 0) ?? []];
        var shown = string.Join('\n', [.. evidence, .. steps]);
        return Problem() is { } problem ? new("help", Holds: false, problem) : new("help", Holds: true, $"A person is given: {shown}");

        string? Problem() => 0 switch
        {
            _ when help is null => "There is no guide to the rule.",
            _ when @case.Evidence.IsEmpty || @case.Next.IsEmpty => $"The case says nothing of 'evidence' or 'next', which are\n{shown}",
            _ when shown.Contains("could not be read", StringComparison.Ordinal) => shown,
            _ when Missing(@case.Evidence, evidence) is { } text => $"'{text}' is not in the evidence, which is\n{shown}",
            _ when Missing(@case.Next, steps) is { } text => $"'{text}' is not in the steps, which are\n{shown}",
            _ when !evidence.Concat(steps).All(l =>
                notices is [{ } notice] && notice.ByProtocol["email"].Contains(l, StringComparison.Ordinal)) =>
                "The mail does not show all of it.",
            _ => null,
        };

        string? Missing(IEnumerable<Template> texts, string[] lines) => texts.Select(t => t.Render(scope).ToString())
            .FirstOrDefault(t => !lines.Any(line => line.Contains(t, StringComparison.Ordinal)));
    }
}
