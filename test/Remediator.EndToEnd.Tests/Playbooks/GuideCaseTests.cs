using Remediator.Emulator.Cases;
using Remediator.Playbooks;

namespace Remediator.EndToEnd.Tests.Playbooks;

/// <summary>Every guide over the wire: what it reads is there, and its steps have the resource's own values. Nothing is changed.</summary>
[Collection(OnTheEmulator.Name)]
[Trait("Category", "Emulator")]
public sealed class GuideCaseTests(Emulated emulated)
{
    public static TheoryData<string> Cases => [.. PlaybookCases.GuideNames];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_guide_reads_what_it_says_and_changes_nothing(string name)
    {
        var @case = PlaybookCases.LoadGuide(name);

        foreach (var rule in @case.Rules)
        {
            var result = await CaseRun.RunAsync(@case, rule, emulated.Cases, PlaybookCases.PlaybookFolder, CancellationToken.None);

            Assert.True(result.Holds, result.Story);
        }
    }

    [Fact]
    public void Every_rule_of_every_guide_has_a_case()
    {
        var library = new PlaybookLibrary(PlaybookCases.PlaybookFolder);
        var rules = PlaybookLibrary.GuideNames(PlaybookCases.PlaybookFolder).SelectMany(
            name => library.LoadGuide(name).Reads.Rules.Select(rule => $"{name} {rule}"));
        var run = PlaybookCases.GuideNames.Select(PlaybookCases.LoadGuide).SelectMany(c => c.Rules.Select(rule => $"{c.Playbook} {rule}"));

        Assert.Empty(rules.Except(run).Order());
    }
}
