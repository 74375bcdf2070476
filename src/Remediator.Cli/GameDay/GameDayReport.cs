using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Cli.Output;
using Remediator.Values;

namespace Remediator.Cli.GameDay;

/// <summary>How an exercise came out.</summary>
internal sealed record GameDayReport(
    string Exercise,
    ServiceSettings Settings,
    string? Topic,
    GameDaySteps Steps,
    bool IsComplete,
    bool IsDeployed,
    IReadOnlyList<SentNotice> Notices,
    Cleaned Cleaned,
    ImmutableArray<string> Untagged)
{
    /// <summary>How the service saw the drift.</summary>
    private string How => Here + (IsDeployed ? Deployed : Undeployed);

    private const string Here =
        "AWS Config was not asked: each event was made here in its shape and handled by the service in this process, with these "
        + "credentials, a policy and a journal of the exercise.";

    private const string Undeployed =
        " A deployment is not shown by it: --deployed shows its queue, function, policy and journal, and "
        + "remediator doctor --probe the path before.";

    private const string Deployed =
        " For the steps 'deployed-…' the event was put on the queue of the deployment: its function, its policy and its journal "
        + "did the rest.";

    public bool Holds => IsComplete && Cleaned.Left is [];

    public void Show(Screen screen)
    {
        screen.Line($"Exercise {Exercise} in account {Settings.AccountId}, {Settings.Region}", Tone.Heading);
        foreach (var step in Steps.All)
        {
            screen.Line(
                $"  {(step.Holds ? "ok" : "WRONG"),-7}{step.Name,-18}{Seconds(step),7} s  {step.Says}", step.Holds ? Tone.Good : Tone.Bad);
            foreach (var call in step.Calls)
            {
                screen.Field("", $"called: {call.Operation} {ValueText.Of(call.Input)}");
            }
        }

        screen.Line();
        screen.Line(Topic is null ? "Notices, sent nowhere: --topic names one" : $"Notices, sent to {Topic}", Tone.Heading);
        foreach (var notice in Notices)
        {
            screen.Line($"  {(notice.IsSample ? "sample" : "caused"),-8}{notice.Kind,-22}{notice.Subject}");
        }

        screen.Line();
        screen.Paragraph(How, Tone.Quiet);
        Clean(screen);
        screen.Line(
            Holds ? "Every step holds, and nothing is left." : "Not every step holds, or something is left.", Holds ? Tone.Good : Tone.Bad);
    }

    public void Write(Utf8JsonWriter w)
    {
        w.WriteString("exercise", Exercise);
        w.WriteString("account", Settings.AccountId);
        w.WriteString("region", Settings.Region);
        w.WriteString("topic", Topic);
        w.WriteBoolean("holds", Holds);
        w.WriteString("how", How);
        w.List("steps", Steps.All, step =>
        {
            w.WriteString("step", step.Name);
            w.WriteBoolean("holds", step.Holds);
            w.WriteString("says", step.Says);
            w.WriteNumber("seconds", Math.Round(step.Took.TotalSeconds, 3));
            w.List("calls", step.Calls, call =>
            {
                w.WriteString("operation", call.Operation);
                w.Member("input", call.Input);
            });
        });
        w.List("notices", Notices, notice =>
        {
            w.WriteString("kind", notice.Kind);
            w.WriteString("subject", notice.Subject);
            w.WriteBoolean("sample", notice.IsSample);
            w.WriteBoolean("published", notice.IsPublished);
        });
        w.Texts("removed", Cleaned.Removed);
        w.List("left", Cleaned.Left, left =>
        {
            w.WriteString("bucket", left.Bucket);
            w.WriteString("why", left.Why);
        });
        w.Texts("untagged", Untagged);
    }

    private void Clean(Screen screen)
    {
        screen.Line($"Removed: {string.Join(", ", Cleaned.Removed)}");
        foreach (var (bucket, why) in Cleaned.Left)
        {
            screen.Line($"LEFT: {bucket}: {why} The next exercise removes it, or: aws s3api delete-bucket --bucket {bucket}", Tone.Bad);
        }

        foreach (var bucket in Untagged)
        {
            screen.Line($"Not touched: {bucket} is named like an exercise's, but has not the tag {ExerciseBuckets.Tag}.", Tone.Warning);
        }
    }

    private static string Seconds(GameDayStep step) => step.Took.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
}
