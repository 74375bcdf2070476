using Remediator.Authoring.Catalog;
using Remediator.Emulator;
using Remediator.Playbooks;

namespace Remediator.Tests.Playbooks;

/// <summary>Guides stand beside playbooks and are none: they answer no rule.</summary>
public sealed class GuideLibraryTests
{
    private static readonly string Folder = Repository.At("playbooks");
    private static readonly PlaybookLibrary Library = new(Folder);

    public static TheoryData<string> Names => [.. PlaybookLibrary.GuideNames(Folder)];

    [Fact]
    public void No_guide_is_among_the_playbooks() =>
        Assert.DoesNotContain(PlaybookLibrary.Names(Folder), name => name.EndsWith(".guide", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Guide_is_found_by_its_rules_and_types_and_answers_none(string name)
    {
        var guide = Library.LoadGuide(name);

        Assert.All(AnsweredPairs.Of(guide.Reads), pair =>
        {
            Assert.Same(guide, Library.GuideTo(pair.Rule, pair.Type));
            Assert.Empty(Library.Answering(pair.Rule, pair.Type));
        });
        Assert.All(guide.Reads.Rules, rule => Assert.NotNull(RuleGuides.Of(rule)));
        Assert.DoesNotContain(Library.Answers(), answer => answer.Playbook == name);
    }

    [Fact]
    public void Rule_without_a_guide_and_a_custom_rule_have_none() =>
        Assert.All(["", "NO_SUCH_RULE", "S3_BUCKET_VERSIONING_ENABLED"], rule => Assert.Null(Library.GuideTo(rule, "AWS::S3::Bucket")));

    [Fact]
    public void Catalog_says_what_is_read_for_a_rule_and_counts_it_as_escalated()
    {
        var report = new CatalogReport([]) { Guides = [Library.LoadGuide("ec2/vpn-tunnels")] };

        var line = report.Lines.Single(l => l.Rule.Id is "VPC_VPN_2_TUNNELS_UP");

        Assert.Equal(Answer.Escalated, line.Answer);
        Assert.StartsWith(" The notice shows: Tunnel (ec2:DescribeVpnConnections), ", line.Shows, StringComparison.Ordinal);
        Assert.Contains(line.Shows, CatalogIndex.Rules(report), StringComparison.Ordinal);
        Assert.Empty(report.Lines.Single(l => l.Rule.Id is "IAM_USER_MFA_ENABLED").Shows);
    }
}
