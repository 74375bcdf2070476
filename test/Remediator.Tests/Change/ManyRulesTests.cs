using System.Globalization;
using System.Text.Json;
using Remediator.Change;
using Remediator.Emulator;
using Remediator.Playbooks;
using Remediator.Testing.Fakes;
using Remediator.Values;
using Xunit.Abstractions;

namespace Remediator.Tests.Change;

/// <summary>A security group may have thousands of rules, and whoever may write it decides how many.</summary>
[Trait("Category", "Slow")]
public sealed class ManyRulesTests(ITestOutputHelper output)
{
    private const int Rules = 5_000;

    [Theory]
    [InlineData("ec2/security-group-ssh")]
    [InlineData("ec2/security-group-restricted-ports")]
    [InlineData("ec2/default-security-group")]
    public async Task Thousands_of_rules_are_planned_resumed_and_put_back_in_a_moment(string name)
    {
        var rules = Json.List(Enumerable.Range(0, Rules).Select(Rule));
        var aws = new FakeAws()
            .On("ec2:DescribeSecurityGroupRules", _ => Json.Object([KeyValuePair.Create("SecurityGroupRules", rules)]))
            .On("ec2:DescribeSecurityGroups", """{"SecurityGroups":[{"GroupId":"sg-1"}]}""")
            .On("ec2:DescribeNetworkInterfaces", """{"NetworkInterfaces":[]}""");
        var playbook = new PlaybookLibrary(Repository.At("playbooks")).Load(name);
        var scope = Scope.Empty.With(
            "resource", JsonElement.Parse("""{"id":"sg-1","type":"AWS::EC2::SecurityGroup","name":"sg-1","parts":["sg-1"]}"""));
        var before = ProcessorTime.OfThisThread();

        var ready = Assert.IsType<Planning.Ready>(await Planner.PlanAsync(playbook, scope, aws, CancellationToken.None));
        var step = ready.Plan.Steps[0];
        var resumed = ready.Steps[0].Procedure.Resume(scope, new(rules, rules), step);
        var undone = ready.Steps[0].Procedure.Undo(scope, new(step.After, step.After), step, force: false);

        Assert.True(step.Removed.Length >= Rules / 2, $"only {step.Removed.Length} rules would go");
        Assert.IsType<ResumeStep.Calls>(resumed);
        Assert.Equal(step.Removed.Length, Assert.IsType<UndoStep.Calls>(undone).Back.Length);
        // Comparing each rule with every other took ten times as long.
        var used = ProcessorTime.OfThisThread() - before;
        output.WriteLine($"{Rules:N0} rules, {name}: {used.TotalMilliseconds:N0} ms of processor time");
        Assert.True(used < TimeSpan.FromSeconds(2), $"it took {used} of processor time");
    }

    [Fact]
    public void A_rule_comes_back_with_its_tags_but_for_those_of_AWS()
    {
        var step = new PlaybookLibrary(Repository.At("playbooks")).Load("ec2/security-group-ssh").Steps[0];
        var rule = JsonElement.Parse("""
            {"SecurityGroupRuleId":"sgr-1","IsEgress":false,"IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIpv4":"0.0.0.0/0",
             "Tags":[{"Key":"owner","Value":"web"},{"Key":"aws:cloudformation:stack-name","Value":"web"}]}
            """);
        var scope = Scope.Empty.With("resource", JsonElement.Parse("""{"id":"sg-1"}""")).With("item", rule);

        var input = step.Undo[0].Input.Render(scope);

        Assert.Equal(
            """[{"ResourceType":"security-group-rule","Tags":[{"Key":"owner","Value":"web"}]}]""",
            input.Member("TagSpecifications").GetRawText());
    }

    private static JsonElement Rule(int i) => JsonElement.Parse(string.Create(CultureInfo.InvariantCulture, $$"""
        {"SecurityGroupRuleId":"sgr-{{i}}","GroupId":"sg-1","IsEgress":false,"IpProtocol":"tcp","FromPort":22,"ToPort":{{22 + i}},
         "CidrIpv4":"{{(i % 2 is 0 ? "0.0.0.0/0" : "10.0.0.0/8")}}","Tags":[]}
        """));
}
