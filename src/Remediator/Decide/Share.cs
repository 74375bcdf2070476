using System.Globalization;
using Remediator.Incidents;

namespace Remediator.Decide;

/// <summary>The share of resources, in percent, that a mode applies to.</summary>
/// <param name="Percent">The share; of one that rises, what it begins with.</param>
/// <param name="Ramp">How it rises; null for a share that stays.</param>
internal sealed record Share(int Percent, Ramp? Ramp = null)
{
    public override string ToString() => Ramp?.ToString() ?? $"{Percent}%";
}

/// <summary>A share that rises by itself.</summary>
/// <param name="Start">What it begins with, in percent.</param>
/// <param name="To">What it ends with.</param>
/// <param name="Over">How long that takes.</param>
/// <param name="HoldIf">What keeps it from rising.</param>
internal sealed record Ramp(int Start, int To, TimeSpan Over, HoldIf HoldIf)
{
    /// <summary>What the entry that says it is about, as one would write it; empty where it is everything.</summary>
    public string About { get; init; } = "";

    /// <summary>What it has risen to by now, where nothing kept it from rising.</summary>
    /// <param name="from">The share that it rises from.</param>
    /// <param name="since">Since when.</param>
    /// <param name="now">The time.</param>
    public int ShareAt(int from, DateTimeOffset since, DateTimeOffset now)
    {
        var elapsed = Math.Clamp((now - since).Ticks, 0, Over.Ticks);
        return Math.Max(from, Math.Min(To, from + (int)((Int128)elapsed * (To - Start) / Over.Ticks)));
    }

    public override string ToString() => $"from {Start}% to {To}% over {EntryWords.Written(Over)}, held if {HoldIf}";
}

/// <summary>What became of the changes of a rollout, so that it is held.</summary>
/// <param name="Reverts">So many fixes were found wrong again.</param>
/// <param name="Undos">So many changes were put back.</param>
/// <param name="Failures">So many percent of the changes failed.</param>
internal sealed record HoldIf(int Reverts, int Undos, int Failures)
{
    /// <summary>Why it is held; null where nothing speaks against it.</summary>
    public string? Why(RolloutCounts found)
    {
        var share = found.Changes == 0 ? 0 : found.Failures * 100.0 / found.Changes;
        string[] why =
        [
            found.Undos >= Undos ? $"{found.Undos} of {Counted(found.Changes)} put back" : "",
            found.Reverts >= Reverts ? $"{(found.Reverts == 1 ? "1 fix was" : $"{found.Reverts} fixes were")} found wrong again" : "",
            found.Failures > 0 && share >= Failures
                ? string.Create(CultureInfo.InvariantCulture, $"{found.Failures} of {Counted(found.Changes)} failed ({share:0.#}%)")
                : "",
        ];
        return string.Join("; ", why.Where(w => w.Length > 0)) is { Length: > 0 } all ? all : null;
    }

    public override string ToString() => $"reverts {Reverts}, undos {Undos}, failures {Failures}%";

    private static string Counted(int changes) => changes == 1 ? "1 change" : $"{changes} changes";
}
