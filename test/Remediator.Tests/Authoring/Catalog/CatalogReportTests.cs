using Remediator.Authoring.Catalog;
using Remediator.Authoring.Data;
using Remediator.Playbooks;
using Remediator.Tests.Authoring.Checks;

namespace Remediator.Tests.Authoring.Catalog;

public class CatalogReportTests
{
    private const string Rule = "S3_BUCKET_PUBLIC_READ_PROHIBITED";

    [Fact]
    public void Every_managed_rule_has_an_answer_and_guidance()
    {
        var report = new CatalogReport([]);

        Assert.Equal(840, report.Lines.Length);
        Assert.All(report.Lines, line => Assert.True(line.Answer is Answer.Escalated && line.Guidance.Length > 20));
    }

    [Fact]
    public void The_answer_follows_from_the_playbook()
    {
        Assert.Equal(Answer.Automatic, AnswerOf(Lint.Good));
        Assert.Equal(Answer.WithParameter, AnswerOf(Lint.Good + "\nparams: {a: {required: true, description: b}}"));
        Assert.Equal(Answer.AfterApproval, AnswerOf(Lint.Good.Replace("impact: brief", "impact: restart", StringComparison.Ordinal)));
        Assert.Equal(Answer.AfterApproval, AnswerOf(Lint.Good, "EC2_INSTANCE_NO_PUBLIC_IP"));
    }

    [Fact]
    public void A_playbook_for_tags_needs_values_unless_it_has_some()
    {
        const string rule = "EFS_FILE_SYSTEM_TAGGED";
        var shipped = new PlaybookLibrary(Remediator.Emulator.Repository.At("playbooks")).Load("tags/efs-required-tags");

        Assert.Equal(Answer.WithParameter, new CatalogReport([shipped]).Lines.Single(l => l.Rule.Id == rule).Answer);
        var valued = shipped with
        {
            Parameters = [.. shipped.Parameters.Select(p => p with { Default = System.Text.Json.JsonElement.Parse("""{"team":"a"}""") })],
        };
        Assert.Equal(Answer.Automatic, new CatalogReport([valued]).Lines.Single(l => l.Rule.Id == rule).Answer);
    }

    [Fact]
    public void Rules_are_weighed_by_the_conformance_packs_that_hold_them()
    {
        var report = new CatalogReport([Read(Lint.Good)]);

        Assert.Equal(68, ManagedRule.All[Rule].Use.Packs);
        Assert.Equal(68, report.Counts.Where(c => c.Words is not "escalated with guidance").Sum(c => c.Weight));
        Assert.Equal(report.TotalWeight, report.Counts.Sum(c => c.Weight));
        Assert.All(report.Sets, s => Assert.NotEmpty(s.Lines));
        Assert.Contains(report.Sets.Single(s => s.Set.Id is "fsbp").Lines, l => l.Rule.Id is Rule);
        Assert.Equal(["fsbp"], [.. report.Sets.Where(s => s.Lines.Length == 339).Select(s => s.Set.Id)]);
    }

    [Fact]
    public void Rules_about_what_has_ended_are_marked()
    {
        Assert.True(ManagedRule.All["EVIDENTLY_PROJECT_TAGGED"].HasEnded && ManagedRule.All["APPMESH_MESH_TAGGED"].HasEnded);
        Assert.False(ManagedRule.All[Rule].HasEnded);
        Assert.All(ManagedRule.All.Values.Where(r => r.HasEnded), r =>
            Assert.Contains(
                "ended",
                CatalogIndex.Rules(new([])).Split('\n').Single(l => l.StartsWith($"| {r.Id} ", StringComparison.Ordinal)),
                StringComparison.Ordinal));
    }

    [Fact]
    public void The_counts_add_up_to_all_rules() =>
        Assert.Equal(ManagedRule.All.Count, new CatalogReport([Read(Lint.Good)]).Counts.Sum(c => c.Rules));

    [Fact]
    public void The_figures_count_rules_playbooks_and_lines_without_comments()
    {
        Playbook[] playbooks =
        [
            Read(Lint.Good),
            Read(Lint.Good + "\n# a comment\n\nscope: global"),
            Read(Lint.Good + "\nignore: [a]\nscope: global"),
        ];

        var figures = CatalogFigures.Of(new(playbooks), playbooks);

        Assert.Equal((1, 3, 19), (figures.Answered, figures.Playbooks, figures.MedianLines));
        Assert.Equal("1 rules are answered by 3 playbooks, of 19 lines in the median.", figures.Lines().ElementAt(2 + RuleSet.All.Length));
    }

    private static Answer AnswerOf(string playbook, string rule = Rule) =>
        new CatalogReport([Read(playbook.Replace(Rule, rule, StringComparison.Ordinal))]).Lines.Single(l => l.Rule.Id == rule).Answer;

    private static Playbook Read(string text) => PlaybookReader.Read("s3/block", "s3/block.yaml", text);
}
