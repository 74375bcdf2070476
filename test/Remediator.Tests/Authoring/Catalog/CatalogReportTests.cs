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

        Assert.Equal(813, report.Lines.Length);
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
    public void The_counts_add_up_to_all_rules() =>
        Assert.Equal(ManagedRule.All.Count, new CatalogReport([Read(Lint.Good)]).Counts.Sum(c => c.Rules));

    [Fact]
    public void The_figures_count_rules_playbooks_and_lines_without_comments()
    {
        Playbook[] playbooks = [Read(Lint.Good), Read(Lint.Good + "\n# a comment\n\nscope: global"), Read(Lint.Good + "\nignore: [a]\nscope: global")];

        var figures = CatalogFigures.Of(new(playbooks), playbooks);

        Assert.Equal((1, 3, 19), (figures.Answered, figures.Playbooks, figures.MedianLines));
        Assert.Equal("1 rules are answered by 3 playbooks, of 19 lines in the median.", figures.Lines().ElementAt(1));
    }

    private static Answer AnswerOf(string playbook, string rule = Rule) =>
        new CatalogReport([Read(playbook.Replace(Rule, rule, StringComparison.Ordinal))]).Lines.Single(l => l.Rule.Id == rule).Answer;

    private static Playbook Read(string text) => PlaybookReader.Read("s3/block", "s3/block.yaml", text);
}
