using System.Text.RegularExpressions;

namespace Remediator.Tests.Conventions;

/// <summary>The architecture's rules: which folder may refer to which, what is at the root, and which classes release a resource.</summary>
public sealed partial class HouseTests
{
    private const string Core = "src/Remediator";

    private static readonly string[] Stages = ["Intake", "Decide", "Guard", "Change", "Verify", "Undo", "Record", "Escalate"];

    /// <summary>Folders that every stage may refer to.</summary>
    private static readonly string[] Shared = ["Incidents", "Values", "Playbooks", "Aws", "JmesPath"];

    /// <summary>The permitted references between stages, each with its reason. A new one is a design decision, not a convenience.</summary>
    private static readonly (string From, string To, string Because)[] Arrows =
    [
        ("Decide", "Guard", "the policy takes from Limits what it does not say"),
        ("Change", "Guard", "how many questions are answered beside a plan is a limit"),
        ("Verify", "Guard", "how long is read back is a limit"),
        ("Record", "Guard", "the time of a lease and the window of reverts are limits"),
        ("Undo", "Guard", "when it is looked at again is a limit"),
        ("Guard", "Record", "failures and notices are counted in the journal"),
        ("Escalate", "Guard", "a breaker that opened is news"),
        ("Undo", "Record", "it gives the resource back, and only a run can"),
        ("Undo", "Change", "what is put back is read and written as it was changed"),
        ("Undo", "Verify", "an undo is proved like a change"),
        ("Verify", "Change", "what is proved is read as it was planned"),
    ];

    [Fact]
    public void Stages_name_no_other_stage_than_the_arrows_say()
    {
        var named = from stage in Stages
                    from file in Sources.Under($"{Core}/{stage}")
                    from room in Rooms(file.Text)
                    where room != stage && !Shared.Contains(room) && !Arrows.Any(a => a.From == stage && a.To == room)
                    select $"{file.Path} names {room}";

        Assert.Empty(named);
    }

    [Fact]
    public void Every_permitted_reference_between_stages_is_used() => Assert.All(
        Arrows,
        arrow => Assert.Contains(Sources.Under($"{Core}/{arrow.From}"), file => Rooms(file.Text).Contains(arrow.To)));

    [Fact]
    public void Stages_do_not_know_what_calls_them()
    {
        var named = from stage in Stages.Append("Incidents").Append("Values")
                    from file in Sources.Under($"{Core}/{stage}")
                    from Match match in OfTheRoot().Matches(Sources.Code(file.Text))
                    select $"{file.Path}: {match.Value}";

        Assert.Empty(named);
    }

    [Fact]
    public void Root_folder_has_three_files() => Assert.Equal(
        ["Composition.cs", "Outcome.cs", "Pipeline.cs"],
        Sources.Under(Core).Select(f => f.Path[(Core.Length + 1)..]).Where(f => !f.Contains('/', StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Only_the_pipeline_and_the_undo_release_a_resource()
    {
        var givers = Sources.Under("src")
            .Where(f => !f.Path.StartsWith($"{Core}/Record/", StringComparison.Ordinal) && Release().IsMatch(Sources.Code(f.Text)))
            .Select(f => f.Path);

        Assert.Equal([$"{Core}/Pipeline.cs", $"{Core}/Undo/UndoRun.cs"], givers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_the_transitions_set_a_state()
    {
        var setters = Sources.Under(Core).Where(f => StateSet().IsMatch(Sources.Code(f.Text))).Select(f => f.Path);

        Assert.Equal([$"{Core}/Incidents/Transitions.cs", $"{Core}/Record/Claimer.cs"], setters.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Rooms(string text) => Using().Matches(text).Select(m => m.Groups[1].Value).Distinct();

    [GeneratedRegex(@"^using (?:static )?Remediator\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"\b(?:Pipeline|Composition|Foundation|Outcome\.\w+)\b")]
    private static partial Regex OfTheRoot();

    [GeneratedRegex(@"\.ReleaseAsync\(")]
    private static partial Regex Release();

    [GeneratedRegex(@"\bState = (?:IncidentState\.|state\b)")]
    private static partial Regex StateSet();
}
