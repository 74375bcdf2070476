using System.Text.Json;
using Remediator.Change.Recorded;
using Remediator.Playbooks;
using Remediator.Values;
using Xunit.Abstractions;

namespace Remediator.Tests.Change.Recorded.Items;

/// <summary>
/// What playbooks read from real configuration items, in the folder that REMEDIATOR_CONFIG_ITEMS names; without it, from the project's
/// samples.
/// </summary>
public sealed class RealItemTests(ITestOutputHelper output)
{
    private static readonly JsonElement[] Items = [.. RealItems.All, .. RecordedSample.All.Select(s => s.Item)];

    [Fact]
    public void Every_recorded_setting_of_every_item_is_a_state_that_the_API_can_give()
    {
        var runs = Items.SelectMany(Runs).ToList();

        var errors = runs.Where(r => r.Error is not null).ToList();
        Report($"recorded settings of {Items.Length} items ({RealItems.All.Length} of them real): {runs.Count} runs, "
            + $"{runs.Count(r => r.Error is null && !Canonical.IsAbsent(r.State))} values, "
            + $"{runs.Count(r => r.Error is null && Canonical.IsAbsent(r.State))} not set, {errors.Count} errors");
        Assert.True(errors.Count == 0, string.Join('\n', errors.Select(r => $"{r.Setting.Name}: {r.Error}")));
        Assert.Empty(runs.SelectMany(r => StateForm.Foreign(r.Setting, r.State).Select(name => $"{r.Setting.Name}{name}")).Distinct());
        Assert.True(runs.Count > 80, $"only {runs.Count} runs");
    }

    [Fact]
    public void The_evidence_for_each_recorded_setting_is_counted()
    {
        var real = RealItems.All.SelectMany(Runs).ToLookup(r => r.Setting, r => !Canonical.IsAbsent(r.State));
        var byEvidence = RecordedSettings.All.ToLookup(s => Evidence(s, [.. real[s]]));

        Report($"evidence of {RecordedSettings.All.Length} recorded settings: "
            + string.Join(", ", byEvidence.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Count()} {g.Key}")));
        string[] lacking =
        [
            .. byEvidence["none"].Concat(byEvidence["not set in a real item"]).Select(s => s.Name).Order(StringComparer.Ordinal),
        ];
        foreach (var setting in lacking)
        {
            output.WriteLine($"no value in any item: {setting}");
        }

        Assert.Equal(RecordedSettings.All.Length, byEvidence.Sum(g => g.Count()));
        Assert.NotEmpty(byEvidence["own sample"]);
        Assert.True(RealItems.All.IsEmpty || lacking is [], string.Join('\n', lacking));
    }

    private static string Evidence(RecordedSetting setting, bool[] valueInRealItems) =>
        valueInRealItems.Contains(true) ? "set in a real item"
        : RecordedSample.All.Any(s => s.Setting == setting.Name) ? "own sample"
        : valueInRealItems.Length > 0 ? "not set in a real item"
        : "none";

    private static IEnumerable<Run> Runs(JsonElement item)
    {
        var read = ConfigurationItemReader.Read(item);
        foreach (var setting in RecordedSettings.Of(item.TextOf("resourceType")!))
        {
            yield return Evaluated(setting, read);
        }
    }

    private static Run Evaluated(RecordedSetting setting, ConfigurationItem item)
    {
        try
        {
            return new(setting, setting.Of(item), null);
        }
        catch (ExpressionException e)
        {
            return new(setting, Json.Null, $"{e.Message} {e.InnerException?.Message}");
        }
    }

    private void Report(string summary)
    {
        output.WriteLine(summary);
        Console.WriteLine(summary);
    }

    private sealed record Run(RecordedSetting Setting, JsonElement State, string? Error);
}
