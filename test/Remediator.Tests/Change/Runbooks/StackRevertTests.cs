using Remediator.Change;
using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Change.Runbooks;

/// <summary>What a person is asked where a stack owns the resource and the policy has it handed back to the template.</summary>
public sealed class StackRevertTests
{
    private const string Owns = "CloudFormation stack web owns it, as Downloads: its next deployment may undo the change.";
    private static readonly Playbook StackDrift = new PlaybookLibrary(Repository.At("playbooks")).Load("cloudformation/stack-drift");

    private static readonly ResourceOwner Stack = new(ResourceOwner.Stack, "web") { LogicalId = "Downloads", StackId = DriftedStack.Id };

    private readonly FakeAws _aws = new();

    public StackRevertTests() => new DriftedStack().Teach(_aws);

    [Fact]
    public async Task Drifted_resource_is_handed_back_in_place_of_the_change_that_was_planned()
    {
        var asked = await AskedAsync(Stack);

        Assert.Equal((Reason.OwnedByStack, $"{Owns} This hands it back to the stack's template."), (asked.Reason, asked.Because));
        Assert.Equal(("cloudformation/stack-drift", Stack), (asked.Plan.Playbook.Name, asked.Plan.Owner));
        Assert.Equal(DriftedStack.Id, asked.Plan.Plan.Calls.Single().Input.TextOf("StackName"));
        Assert.Contains(_aws.All, c => c.Input.GetRawText().Contains("Downloads", StringComparison.Ordinal));
    }

    /// <summary>What the last detection listed may be another resource of the stack.</summary>
    [Fact]
    public async Task Only_the_resource_itself_is_looked_at()
    {
        _aws.On(
            "cloudformation:DescribeStackResourceDrifts",
            """{"StackResourceDrifts":[{"LogicalResourceId":"Uploads","StackResourceDriftStatus":"MODIFIED"}]}""");

        await AskedAsync(Stack);

        Assert.All(
            _aws.All.Where(c => c.Operation == "cloudformation:DetectStackResourceDrift"),
            c => Assert.Equal("Downloads", c.Input.TextOf("LogicalResourceId")));
    }

    [Fact]
    public async Task Stack_without_an_id_goes_by_its_name()
    {
        var asked = await AskedAsync(Stack with { StackId = null });

        Assert.Equal("web", asked.Plan.Plan.Calls.Single().Input.TextOf("StackName"));
    }

    [Fact]
    public async Task What_the_template_itself_says_is_for_a_person()
    {
        _aws.On(
            "cloudformation:DetectStackResourceDrift",
            """{"StackResourceDrift":{"LogicalResourceId":"Downloads","StackResourceDriftStatus":"IN_SYNC"}}""");

        var asked = await AskedAsync(Stack);

        Assert.Equal(
            (Reason.OwnedByStack,
                $"{Owns} The stack does not see it drifted: its template says what is there, and has to be changed."),
            (asked.Reason, asked.Because));
        Assert.Equal("x/setting", asked.Plan.Playbook.Name);
    }

    [Fact]
    public async Task Stack_that_cannot_be_read_is_said_so_beside_the_change_that_was_planned()
    {
        _aws.On("cloudformation:DescribeStacks", _ => throw FakeAws.Error("cloudformation:DescribeStacks", "ValidationError", 400));

        var asked = await AskedAsync(Stack);

        Assert.Equal(
            $"{Owns} The stack cannot be read: cloudformation:DescribeStacks does not find it, or says that it is ending", asked.Because);
        Assert.Equal("x/setting", asked.Plan.Playbook.Name);
    }

    [Fact]
    public async Task Why_it_cannot_be_handed_back_is_said_beside_the_change_that_was_planned()
    {
        var asked = Assert.IsType<Planning.Guarded>(await InsteadAsync(Planned(Stack), OneSetting.Removes));

        Assert.Equal(
            $"{Owns} It cannot be handed back to the template: The playbook x/items is for AWS::X::Thing, and the resource is a "
            + "AWS::CloudFormation::Stack.",
            asked.Because);
        Assert.Equal("x/setting", asked.Plan.Playbook.Name);
    }

    [Theory]
    [InlineData(ResourceOwner.Terraform, "Downloads")]
    [InlineData(ResourceOwner.Stack, null)]
    public async Task What_no_stack_owns_by_a_name_in_its_template_is_changed_as_planned(string kind, string? logicalId)
    {
        var planned = Planned(Stack with { Kind = kind, LogicalId = logicalId });

        Assert.Same(planned, await InsteadAsync(planned, StackDrift));
    }

    [Fact]
    public async Task Where_the_policy_does_not_want_it_or_nothing_is_planned_the_planning_stays()
    {
        var (planned, refused) = (Planned(Stack), new Planning.Refused(Reason.Unsupported, "No."));

        Assert.Same(planned, await InsteadAsync(planned, null));
        Assert.Same(refused, await InsteadAsync(refused, StackDrift));
        Assert.Empty(_aws.Calls);
    }

    [Fact]
    public void Change_set_among_other_calls_is_asked_about_whatever_the_policy_says()
    {
        var call = new ReadyCall(new("x:Write", Json.EmptyObject), OneSetting.Wants.Steps[0].Write[0]);
        var changeSet = call with { Source = call.Source with { Runs = LongCall.ChangeSet } };
        var handler = StepHandlers.Of(OneSetting.Wants)[0];
        var plain = Planned(Stack) with { Steps = [(handler, [call])] };
        var ready = plain with { Steps = [(handler, [call]), (handler, [call, changeSet])] };

        var asked = Assert.IsType<Planning.Guarded>(StackRevert.Asked(ready));

        Assert.Equal(
            (Reason.ApprovalNeeded, "A change set of CloudFormation is carried out only once a person agreed."),
            (asked.Reason, asked.Because));
        Assert.Same(ready, asked.Plan);
        Assert.Same(plain, StackRevert.Asked(plain));
        Assert.Same(asked, StackRevert.Asked(asked));
    }

    private async Task<Planning.Guarded> AskedAsync(ResourceOwner owner) =>
        Assert.IsType<Planning.Guarded>(await InsteadAsync(Planned(owner), StackDrift));

    private Task<Planning> InsteadAsync(Planning planning, Playbook? drift) => new StackRevert(_aws).InsteadAsync(
        Some.Incident(),
        new()
        {
            Aims = [Aim.Wanted],
            Rule = new("X_RULE", Json.EmptyObject, IsTrusted: false),
            Parameters = Json.EmptyObject,
            StackDrift = drift,
        },
        planning,
        CancellationToken.None);

    private static Planning.Ready Planned(ResourceOwner owner) =>
        new(OneSetting.Wants, Scope.Empty, new([]), []) { Owner = owner };
}
