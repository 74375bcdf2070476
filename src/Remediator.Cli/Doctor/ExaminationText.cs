using System.Collections.Immutable;
using Remediator.Cli.Output;

namespace Remediator.Cli.Doctor;

/// <summary>Lines of checks, for people and machines.</summary>
internal static class ExaminationText
{
    private const int Aside = 10;

    public static void Write(Terminal at, ImmutableArray<CheckLine> lines)
    {
        var columns = Columns.Align([.. lines.Select(l => new[] { Word(l.Found.Result), l.Check, l.About })]);
        foreach (var (line, head) in lines.Zip(columns))
        {
            at.Screen.Line(head, ToneOf(line.Found.Result));
            Aligned(at.Screen, line.Found.Seen);
            if (line.Found.Remedy.Length > 0)
            {
                Aligned(at.Screen, $"> {line.Found.Remedy}");
            }
        }

        at.Screen.Line();
        at.Screen.Line($"{Count(lines, CheckResult.Ok)} ok, {Count(lines, CheckResult.Warn)} warn, {Count(lines, CheckResult.Fail)} fail.");
        at.Json(w =>
        {
            w.WriteNumber("ok", Count(lines, CheckResult.Ok));
            w.WriteNumber("warn", Count(lines, CheckResult.Warn));
            w.WriteNumber("fail", Count(lines, CheckResult.Fail));
            w.List("checks", lines, l =>
            {
                w.WriteString("check", l.Check);
                w.WriteString("about", l.About);
                w.WriteString("result", Word(l.Found.Result));
                w.WriteString("seen", l.Found.Seen);
                w.WriteString("remedy", l.Found.Remedy);
            });
        });
    }

    public static int Count(ImmutableArray<CheckLine> lines, CheckResult result) => lines.Count(l => l.Found.Result == result);

    private static void Aligned(Screen screen, string text)
    {
        foreach (var line in text.Split('\n').SelectMany(t => screen.Width is { } width ? Columns.Wrap(t, width - Aside) : [t]))
        {
            screen.Line($"      {line}");
        }
    }

    private static string Word(CheckResult result) => result switch
    {
        CheckResult.Ok => "ok",
        CheckResult.Warn => "warn",
        _ => "fail",
    };

    private static Tone ToneOf(CheckResult result) => result switch
    {
        CheckResult.Ok => Tone.Good,
        CheckResult.Warn => Tone.Warning,
        _ => Tone.Bad,
    };
}
