using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Cli.Output;

/// <summary>A line of a difference: + comes, - goes, ~ becomes another value.</summary>
internal readonly record struct DifferenceLine(char Sign, string Text, int Depth = 0)
{
    public Tone Tone => Sign switch
    {
        '+' => Tone.Good,
        '-' => Tone.Bad,
        '~' => Tone.Warning,
        _ => Tone.Heading,
    };

    public override string ToString() => $"{new string(' ', 4 * Depth)}{(Sign is ' ' ? "" : $"{Sign} ")}{Text}";
}

/// <summary>What a plan changes, as infrastructure tools show it: a line for each member, and for each item of a list.</summary>
internal static class DifferenceLines
{
    public static IEnumerable<DifferenceLine> Of(Plan plan, bool withValues)
    {
        var isOne = plan.Steps.Length == 1;
        foreach (var step in plan.Steps)
        {
            if (!isOne)
            {
                yield return new(' ', $"{step.Step}:");
            }

            foreach (var line in Lines(step, withValues))
            {
                yield return line with { Depth = line.Depth + (isOne ? 0 : 1) };
            }
        }
    }

    public static IEnumerable<DifferenceLine> Of(Difference d, bool withValues)
    {
        var (old, @new) = (Structure(d.Old), Structure(d.New));
        if (old.IsObject() || @new.IsObject())
        {
            return IsOrNull(old, JsonValueKind.Object) && IsOrNull(@new, JsonValueKind.Object) && !IsEmpty(old, @new)
                ? Difference.Between(old.IsNull() ? Json.EmptyObject : old, @new.IsNull() ? Json.EmptyObject : @new, StateComparer.Exact)
                    .SelectMany(inner => Of(new Difference([.. d.Path, .. inner.Path], inner.Old, inner.New), withValues))
                : [One(d, withValues)];
        }

        return
            IsOrNull(old, JsonValueKind.Array)
            && IsOrNull(@new, JsonValueKind.Array)
            && (old.IsList() || @new.IsList())
            && !IsEmpty(old, @new)
            ? Items(d, Elements(old), Elements(@new), withValues)
            : [One(d, withValues)];
    }

    private static IEnumerable<DifferenceLine> Lines(StepPlan step, bool withValues) => step.IsByPart
        ? [
            .. step.Removed.Select(item => new DifferenceLine('-', Shown(step.Step, item, withValues))),
            .. step.Added.Select(item => new DifferenceLine('+', Shown(step.Step, item, withValues))),
        ]
        : step.Differences(StateComparer.Exact).SelectMany(d => Of(d, withValues));

    private static DifferenceLine One(Difference d, bool withValues) => new(
        d.Old.IsNull() ? '+' : d.New.IsNull() ? '-' : '~', $"{d.At}: {Shown(d.At, d.Old, withValues)} -> {Shown(d.At, d.New, withValues)}");

    private static IEnumerable<DifferenceLine> Items(
        Difference d, ImmutableArray<JsonElement> old, ImmutableArray<JsonElement> @new, bool withValues)
    {
        var (before, after) = (StateComparer.Exact.Items(old), StateComparer.Exact.Items(@new));
        ImmutableArray<DifferenceLine> items =
        [
            .. old.Where(item => !after.Contains(item)).Select(item => new DifferenceLine('-', Shown(d.At, item, withValues), 1)),
            .. @new.Where(item => !before.Contains(item)).Select(item => new DifferenceLine('+', Shown(d.At, item, withValues), 1)),
        ];
        return [new('~', items.IsEmpty ? $"{d.At}: other order, or the same more than once" : $"{d.At}:"), .. items];
    }

    private static bool IsOrNull(JsonElement value, JsonValueKind kind) => value.IsNull() || value.ValueKind == kind;

    /// <summary>Empty values: a line that says so is better than no line.</summary>
    private static bool IsEmpty(JsonElement old, JsonElement @new) => !old.IsTruthy() && !@new.IsTruthy();

    private static ImmutableArray<JsonElement> Elements(JsonElement list) => list.IsList() ? [.. list.EnumerateArray()] : [];

    private static string Shown(string at, JsonElement value, bool withValues) =>
        withValues ? ValueText.Of(value) : ShownValue.Of(at, value);

    /// <summary>Policies are strings that contain JSON: they are compared as JSON.</summary>
    private static JsonElement Structure(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.String || value.GetString() is not ['{', ..] text)
        {
            return value;
        }

        try
        {
            return Json.Parse(text);
        }
        catch (JsonException)
        {
            return value;
        }
    }
}
