using System.Text.Json;
using Remediator.Catalog;
using Remediator.Data;
using Remediator.Playbooks;
using Remediator.Tests.Checks;

namespace Remediator.Tests.Catalog;

public class CatalogReportTests
{
    private const string Rule = "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED";

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
    public void Machines_get_the_whole_report()
    {
        using var json = JsonDocument.Parse(new CatalogReport([Read(Lint.Good)]).ToJson());

        Assert.Equal(1, json.RootElement.GetProperty("counts").GetProperty("automatic").GetInt32());
        var line = json.RootElement.GetProperty("rules").EnumerateArray().Single(r => r.GetProperty("rule").GetString() == Rule);
        Assert.Equal("automatic", line.GetProperty("answer").GetString());
        Assert.Equal("s3/block", line.GetProperty("playbooks")[0].GetString());
        Assert.StartsWith("Blocks public access to a bucket.", line.GetProperty("guidance").GetString(), StringComparison.Ordinal);
    }

    private static Answer AnswerOf(string playbook, string rule = Rule) =>
        new CatalogReport([Read(playbook.Replace(Rule, rule, StringComparison.Ordinal))]).Lines.Single(l => l.Rule.Id == rule).Answer;

    private static Playbook Read(string text) => PlaybookReader.Read("s3/block", "s3/block.yaml", text);
}
