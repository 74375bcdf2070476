using Remediator.Authoring.Data;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Emulator;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Tests.Playbooks;

/// <summary>Every parameter of every managed rule that a playbook answers, and a parameter that no rule has yet.</summary>
public sealed class RuleParametersTotalTests
{
    private static readonly string Folder = Repository.At("playbooks");

    private static IEnumerable<(Playbook Playbook, ManagedRule Rule)> Answered =>
        from name in PlaybookLibrary.Names(Folder)
        let playbook = new PlaybookLibrary(Folder).Load(name)
        from rule in playbook.Rules
        select (playbook, ManagedRule.All[rule]);

    [Fact]
    [Trait("Category", "Slow")]
    public void Each_parameter_of_each_rule_is_used_or_deliberately_ignored()
    {
        var neither =
            from pair in Answered
            from name in pair.Rule.Parameters
            where !pair.Playbook.RuleReads.Contains(name) && !pair.Playbook.Ignores.Contains(name)
                && !pair.Playbook.Ignores.Contains($"{pair.Rule.Id}.{name}")
            select $"{pair.Playbook.Name}: {pair.Rule.Id} {name}";

        Assert.Empty(neither);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void A_parameter_that_no_playbook_knows_is_refused_by_each()
    {
        var set = Json.Parse("""{"addedInTheNextVersion":"1"}""");

        Assert.All(Answered, pair =>
        {
            var fault = Assert.Throws<NotConfiguredException>(() => RuleParameters.RequireKnown(pair.Playbook, pair.Rule.Id, set));
            Assert.Contains("addedInTheNextVersion: 1", fault.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_marks_of_destinations_are_on_what_names_a_place_a_key_or_an_identity()
    {
        var marked = ManagedRule.All.Values.SelectMany(r => r.Destinations).Distinct().Order(StringComparer.Ordinal).ToArray();

        Assert.Contains("s3BucketName", marked);
        Assert.Contains("kmsKeyArns", marked);
        Assert.Contains("IamInstanceProfileArnList", marked);
        Assert.Contains("action1", marked);
        Assert.DoesNotContain("BlockPublicAcls", marked);
        Assert.DoesNotContain("minAvailabilityZones", marked);
        Assert.All(ManagedRule.All.Values, r => Assert.Subset(r.Parameters.ToHashSet(), r.Destinations.ToHashSet()));
    }
}
