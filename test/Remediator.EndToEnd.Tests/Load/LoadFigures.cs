using System.Globalization;
using System.Text;
using Remediator.EndToEnd.Tests.Faults;
using Remediator.Incidents;
using Remediator.Testing.Fakes;

namespace Remediator.EndToEnd.Tests.Load;

/// <summary>The result of a run.</summary>
internal sealed record LoadFigures(LoadSize Size)
{
    public const string Answered = "answered already";
    public const string Dead = "in the dead-letter queue";
    public const string Lost = "lost";

    /// <summary>The number of messages by outcome.</summary>
    public required IReadOnlyDictionary<string, int> Ends { get; init; }

    /// <summary>How often a message stayed in the queue.</summary>
    public required int HandedBack { get; init; }

    /// <summary>How many messages came more than once.</summary>
    public required int Redelivered { get; init; }

    /// <summary>The number of resources that are right.</summary>
    public required int Right { get; init; }

    public required IReadOnlyDictionary<IncidentState, int> Incidents { get; init; }

    public required int Notices { get; init; }

    public required IReadOnlyList<WireCall> Calls { get; init; }

    /// <summary>For all processes together, from their start.</summary>
    public required TimeSpan Cpu { get; init; }

    public required TimeSpan Wall { get; init; }

    /// <summary>The number of resources by number of changes.</summary>
    public IReadOnlyDictionary<int, int> Changes =>
        Calls.Where(c => FakeCall.IsMutating(c.Operation)).CountBy(c => $"{c.Operation} {c.Url}").CountBy(resource => resource.Value)
            .ToDictionary();

    public int Of(string end) => Ends.GetValueOrDefault(end);

    public override string ToString()
    {
        var text = new StringBuilder("| what | figure |\n|---|---|\n");
        Line(
            $"| messages in: {Size.Resources} resources in {Size.Accounts} accounts, {Size.EventsEach} events each, {Size.Processes} "
            + "broken ones",
            Size.Messages);
        foreach (var (end, count) in Ends.OrderByDescending(e => e.Value))
        {
            Line($"| ended: {end}", count);
        }

        Line("| ended, sum", Ends.Values.Sum());
        Line("| handed back to the queue, times", HandedBack);
        Line("| messages that came more than once", Redelivered);
        Line("| resources as they should be, read from outside", Right);
        foreach (var (times, resources) in Changes.OrderBy(c => c.Key))
        {
            Line($"| resources changed {times} {(times == 1 ? "time" : "times")}", resources);
        }

        foreach (var (state, count) in Incidents.OrderByDescending(i => i.Value))
        {
            Line($"| incidents {state}", count);
        }

        Line("| notices sent", Notices);
        foreach (var (operation, count) in Calls.CountBy(c => c.Operation).OrderByDescending(c => c.Value))
        {
            Line($"| calls a message: {operation}", (double)count / Size.Messages);
        }

        Line("| calls a message, sum", (double)Calls.Count / Size.Messages);
        Line($"| own CPU of {Size.Processes} processes, start included, s", Cpu.TotalSeconds);
        Line("| own CPU a message, ms", Cpu.TotalMilliseconds / Size.Messages);
        Line("| messages a second of own CPU", Size.Messages / Cpu.TotalSeconds);
        Line("| wall time, the emulator's for the most part, s", Wall.TotalSeconds);
        return text.ToString();

        void Line(string what, double figure) => text.AppendLine(CultureInfo.InvariantCulture, $"{what} | {figure:#,0.###} |");
    }
}
