using Remediator.Change;
using Remediator.Playbooks;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>A step among those of other playbooks reads the resource under the name that its own playbook found.</summary>
public sealed class StepHandlersTests
{
    private static readonly Scope Known = Scope.Empty
        .With("resource", Json.Parse("""{"handle":"of none"}"""))
        .With("playbooks", Json.Parse("""{"x/a":{"resource":{"handle":"of a"}},"x/b":{"resource":{"handle":"of b"}}}"""));

    [Theory]
    [InlineData("x/a", "of a")]
    [InlineData("x/b", "of b")]
    public async Task Step_of_several_playbooks_sees_what_its_own_knows(string step, string handle)
    {
        var combined = CombinedPlaybook.Of("AWS::X::Thing", [Read("x/a"), Read("x/b")]);

        Assert.Equal(handle, await ReadAsync(StepHandlers.Of(combined, step)));
        Assert.Equal(["x/a", "x/b"], StepHandlers.Of(combined).Select(s => s.Step.Name));
    }

    [Fact]
    public async Task Step_of_one_playbook_sees_what_is_known() =>
        Assert.Equal("of none", await ReadAsync(StepHandlers.Of(Read("x/a"), "setting")));

    [Fact]
    public void Step_that_the_playbook_does_not_have_is_never_carried_out_as_another() =>
        Assert.Throws<InvalidOperationException>(() => StepHandlers.Of(Read("x/a"), "another"));

    private static async Task<string?> ReadAsync(IStepHandler step)
    {
        var aws = new FakeAws().On("x:Read", "{}");
        await step.ReadAsync(Known, aws, CancellationToken.None);
        return Assert.Single(aws.All).Input.TextOf("Of");
    }

    private static Playbook Read(string name) => PlaybookReader.Read(name, $"{name}.yaml", """
        summary: Sets it.
        rules: [X_RULE]
        resource: AWS::X::Thing
        impact: none
        manual: Ask.
        read: {call: x:Read, with: {Of: "${resource.handle}"}, take: Setting}
        recorded: configuration
        want: 1
        write: {call: x:Write, with: {Setting: "${target}"}}
        """);
}
