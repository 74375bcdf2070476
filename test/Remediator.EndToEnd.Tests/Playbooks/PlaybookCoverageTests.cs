using Remediator.Aws.Models;
using Remediator.Emulator.Cases;
using Remediator.Emulator;
using Remediator.Playbooks;

namespace Remediator.EndToEnd.Tests.Playbooks;

public sealed class PlaybookCoverageTests
{
    private static readonly PlaybookLibrary Library = new(PlaybookCases.PlaybookFolder);

    [Fact]
    public void Every_rule_of_every_playbook_has_a_case()
    {
        var rules = PlaybookLibrary.Names(PlaybookCases.PlaybookFolder)
            .Select(Library.Load)
            .SelectMany(p => p.Rules.Select(rule => $"{rule} {p.Name}"))
            .ToHashSet(StringComparer.Ordinal);
        // A change set of CloudFormation waits for approval: ChangeSetTests tests what follows.
        var run = PlaybookCases.Names.Select(PlaybookCases.Load)
            .Where(c => c.IsFix || c.Ends is CaseEnd.Contained || Library.Load(c.Playbook).Steps.Any(s => s.Write.Any(w => w.IsChangeSet)))
            .SelectMany(c => c.Rules.Select(rule => $"{rule} {c.Playbook}"))
            .ToHashSet(StringComparer.Ordinal);

        Assert.Empty(rules.Except(run).Order());
    }

    [Fact]
    public void Every_playbook_that_only_rolls_back_has_a_case()
    {
        var run = PlaybookCases.Names.Select(PlaybookCases.Load).Where(c => c.History is not null).Select(c => c.Playbook);

        Assert.Empty(PlaybookLibrary.Names(PlaybookCases.PlaybookFolder).Where(n => Library.Load(n).Rules.IsEmpty).Except(run));
    }

    [Fact]
    public void Readme_says_how_many_rules_were_seen_on_the_emulator_and_how_many_with_a_stand_in_only()
    {
        var cases = PlaybookCases.Names.Select(PlaybookCases.Load).Where(c => c.IsFix).ToList();
        var all = cases.SelectMany(c => c.Rules).ToHashSet(StringComparer.Ordinal);
        var emulated = cases.Where(c => c.StandIn is null).SelectMany(c => c.Rules).ToHashSet(StringComparer.Ordinal);

        Assert.Contains(
            $"{emulated.Count} of them on the emulator, {all.Count - emulated.Count} with a stand-in",
            File.ReadAllText(Repository.At("README.md")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Every_case_is_about_a_rule_and_a_resource_type_of_its_playbook()
    {
        Assert.All(PlaybookCases.Names.Select(PlaybookCases.Load), c =>
        {
            var playbook = Library.Load(c.Playbook);
            // What only rolls back answers any rule about its type, one of the owner's own too.
            Assert.True(playbook.Rules.IsEmpty ? c.History is not null : !c.Rules.Except(playbook.Rules).Any(), c.Name);
            Assert.Contains(c.ResourceType, playbook.Resources);
        });
    }

    [Fact]
    public void Every_operation_that_a_case_calls_is_in_the_models()
    {
        var unknown = PlaybookCases.Names.Select(PlaybookCases.Load)
            .SelectMany(c => c.Calls)
            .Where(call => ModelCatalog.Find(call.Operation) is null)
            .Select(call => $"{call.At}: {call.Operation}: run tools/trim-models and build");

        Assert.Empty(unknown);
    }

    [Fact]
    public void The_index_names_every_playbook_and_guide_under_its_rules_and_types()
    {
        var playbooks = PlaybookLibrary.Names(PlaybookCases.PlaybookFolder).Select(Library.Load);
        var guides = PlaybookLibrary.GuideNames(PlaybookCases.PlaybookFolder).Select(Library.LoadGuide);

        Assert.Equal(
            PlaybookLibrary.Index(playbooks, guides),
            File.ReadAllText(Path.Combine(PlaybookCases.PlaybookFolder, PlaybookLibrary.IndexFile)));
    }
}
