using System.Globalization;
using Remediator.Cli.Learn;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Cli.Output;

/// <summary>An explanation as people and programs read it.</summary>
internal static class ExplanationText
{
    // So many entries that do not match are shown; --json has all.
    private const int MostOthers = 20;

    public static void Show(Terminal at, Subject subject, Explanation said, bool areOrdersKnown, Suggestion? earlier = null)
    {
        at.Screen.Line(
            $"{subject.Resource}, rule {subject.RuleName}{(subject.ManagedIdentifier.Length > 0 ? $" ({subject.ManagedIdentifier})" : "")}",
            Tone.Heading);
        at.Screen.Line(said.Outcome);
        at.Screen.Line();
        at.Screen.Facts(
            ("Mode", said.Mode.Name()),
            (
                "Playbook",
                said.Playbooks is { } used
                    ? $"{string.Join(", ", used.Names)} (impact {used.Impact.ToString().ToLowerInvariant()})"
                    : "none"),
            ("Exemption", said.Exemption is { } exemption ? $"{exemption.At}: {exemption.Reason}, until {exemption.Until:u}" : "none"),
            ("Order", said.Order?.Says ?? (areOrdersKnown ? "none" : "not known: no journal was read")),
            ("Waits for", said.Wait is { } wait ? $"{wait.At}: {wait.Why}" : "no freeze, no window"),
            ("Rollout", Rollout(said)),
            ("Earlier", earlier is null ? "" : earlier.Words.Length > 0 ? earlier.Words : "nobody undid a change of this rule"),
            ("Suggests", earlier?.Says ?? ""));
        at.Screen.Line();
        at.Screen.Table(["Word", "Value", "From"], [.. said.Words.Select(w => (string[])[w.Name, w.Value, w.From])]);
        at.Screen.Line();
        var others = said.Entries.Where(e => !e.Against.IsEmpty).ToArray();
        at.Screen.Table(["Entry", "", ""], [.. said.Entries.Where(e => e.Against.IsEmpty).Concat(others.Take(MostOthers)).Select(Row)]);
        if (others.Length > MostOthers)
        {
            at.Screen.Line($"and {others.Length - MostOthers} more that do not match: --json has them all");
        }

        at.Json(w =>
        {
            Write(w, said);
            if (earlier is not null)
            {
                w.WriteString("earlier", earlier.Words);
                w.WriteString("suggests", earlier.Mode?.Name() ?? "");
            }
        });
    }

    private static string Rollout(Explanation said) =>
        string.Create(CultureInfo.InvariantCulture, $"place {said.Place} of 100; the share in force is {said.Share}%")
        + (said.Rising is { } rising ? $" ({rising.Id}: {RolloutText.Says(rising)})" : "");

    private static string[] Row(TriedEntry e) => e.Against.IsEmpty
        ? [$"{e.At}", "matches", e.Counts.IsEmpty ? "every word is said above it" : $"gives {string.Join(", ", e.Counts)}"]
        : [$"{e.At}", "does not match", string.Join("; ", e.Against)];

    private static void Write(System.Text.Json.Utf8JsonWriter w, Explanation said)
    {
        w.WriteString("outcome", said.Outcome);
        w.WriteString("mode", said.Mode.Name());
        w.Texts("playbooks", said.Playbooks?.Names ?? []);
        w.WriteString("impact", said.Playbooks?.Impact.ToString().ToLowerInvariant() ?? "");
        w.WriteString("exemption", said.Exemption is { } exemption ? $"{exemption.At}: {exemption.Reason}" : "");
        w.WriteString("order", said.Order?.Says ?? "");
        w.WriteString("waits", said.Wait is { } wait ? $"{wait.At}: {wait.Why}" : "");
        w.WriteNumber("place", said.Place);
        w.WriteNumber("share", said.Share);
        w.WriteString("rollout", said.Rising is { } rising ? $"{rising.Id}: {RolloutText.Says(rising)}" : "");
        w.List("words", said.Words, word =>
        {
            w.WriteString("word", word.Name);
            w.WriteString("value", word.Value);
            w.WriteString("from", word.From);
        });
        w.List("entries", said.Entries, e =>
        {
            w.WriteString("at", $"{e.At}");
            w.Texts("against", e.Against);
            w.Texts("gives", e.Counts);
        });
    }
}
