using System.Text.RegularExpressions;
using Remediator.Authoring.Data;
using Remediator.Emulator;
using Remediator.Escalate;
using Remediator.Escalate.Forms;
using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.Tests.Escalate;

/// <summary>A notice about a rule without a playbook explains the rule.</summary>
public sealed partial class RuleGuideTests
{
    private static readonly PlaybookLibrary Playbooks = new(Repository.At("playbooks"));

    /// <summary>Phrases that fit any rule, and therefore help with none.</summary>
    private static readonly string[] Empty =
    [
        "No playbook answers it yet", "Change it in the settings", "as appropriate", "as needed", "contact AWS",
    ];

    [Fact]
    public void Every_managed_rule_is_answered_or_has_a_guide() => Assert.All(
        ManagedRule.All.Keys, rule => Assert.True(Playbooks.Answers(rule) || RuleGuides.Of(rule) is not null, rule));

    [Fact]
    public void Every_guide_is_to_a_managed_rule() => Assert.All(
        RuleGuides.All.Keys, rule => Assert.True(ManagedRule.All.ContainsKey(rule), rule));

    [Fact]
    public void No_two_rules_share_a_guide_unless_it_says_why() => Assert.All(
        RuleGuides.All.GroupBy(g => g.Value.Todo, StringComparer.Ordinal),
        same => Assert.True(same.Count(g => g.Value.SharedBecause is null) == 1, string.Join(", ", same.Select(g => g.Key))));

    [Fact]
    public void Each_says_what_the_rule_checks_and_what_to_do_in_whole_sentences() => Assert.All(RuleGuides.All, g =>
    {
        Assert.Matches(@"^It (checks|stands)\b.+\.$", g.Value.Checks);
        Assert.True(g.Value.Todo.Length is > 80 and < 700 && g.Value.Todo[^1] is '.' or ')', $"{g.Key}: {g.Value.Todo.Length} characters");
        Assert.True(g.Value.Todo.Count(c => c is '`') % 2 == 0, $"{g.Key}: a command is not closed.");
        Assert.DoesNotContain(Empty, phrase => g.Value.Todo.Contains(phrase, StringComparison.Ordinal));
    });

    /// <summary>A wrong parameter causes findings just as a resource does, so the guide has to explain the parameters.</summary>
    [Fact]
    public void Each_says_what_the_parameters_of_its_rule_mean() =>
        Assert.All(RuleGuides.All.Where(g => !ManagedRule.All[g.Key].HasEnded), g =>
            Assert.True(
                ManagedRule.All[g.Key].Parameters is var all
                    && (
                        all.IsEmpty
                        || Parameter().IsMatch(g.Value.Checks)
                        || all.All(p =>
                            g.Value.Checks.Contains(p, StringComparison.OrdinalIgnoreCase)
                            || g.Value.Todo.Contains(p, StringComparison.Ordinal))),
                g.Key));

    [Fact]
    public void A_reference_to_no_guide_or_without_a_reason_is_refused() => Assert.All(
        ["A | It checks a. | same as B: because", "A | It checks a. | same as A", "A | It checks a."],
        lines => Assert.Throws<InvalidDataException>(() => RuleGuides.Read([lines])));

    [Fact]
    public void Notice_says_what_the_rule_checks_what_to_do_and_how_to_have_it_evaluated_again()
    {
        var mail = MailForm.Of(IncidentFacts.Of(SomeNotice.Of(Reason.Unsupported)));

        Assert.Contains("It checks that an attached EBS volume is encrypted", mail, StringComparison.Ordinal);
        Assert.Contains("take a snapshot, copy it with", mail, StringComparison.Ordinal);
        Assert.Contains(
            "aws configservice start-config-rules-evaluation --config-rule-names s3-public-access --region us-east-1",
            mail,
            StringComparison.Ordinal);
        Assert.Contains("https://us-east-1.console.aws.amazon.com/config/", mail, StringComparison.Ordinal);
    }

    [GeneratedRegex("the parameters|the tag parameters|retention days|snsTopic1 to snsTopic5")]
    private static partial Regex Parameter();
}
