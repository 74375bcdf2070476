using Remediator.Aws;
using Remediator.Change;
using Remediator.Playbooks;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>A change is not gone on with under a name that may be another resource's by now.</summary>
public sealed class FoundNamesTests
{
    private static readonly Scope Known = Scope.Empty.With("resource", Json.Parse("""{"id":"r-1","name":"one"}"""));
    private readonly FakeAws _aws = new();

    [Theory]
    [InlineData("write: {call: x:Write, with: {Name: '${resource.name}'}}", "")]
    [InlineData("write: {call: x:Write, with: {Id: '${resource.id}'}}", "undo: {call: x:Undo, with: {Name: '${resource.name}'}}")]
    [InlineData("write: {call: x:Write, with: {Id: '${resource.id}'}}", "clear: {call: x:Clear, with: {Name: '${resource.name}'}}")]
    public async Task Name_that_a_changing_call_goes_by_is_asked_for_again(string write, string back)
    {
        _aws.On("x:Find", """{"Name":"one"}""");
        Assert.True(await HoldAsync(write, back));

        _aws.On("x:Find", """{"Name":"two"}""");
        var error = await Assert.ThrowsAsync<WrongResourceException>(() => HoldAsync(write, back));

        Assert.Equal(
            "The resource 'r-1' was changed under the name 'one' and goes by 'two' now: 'one' may be another resource.", error.Message);
    }

    [Fact]
    public async Task Name_that_no_changing_call_goes_by_is_not_asked_for()
    {
        Assert.True(await HoldAsync("write: {call: x:Write, with: {Id: '${resource.id}'}}"));

        Assert.Empty(_aws.Calls);
    }

    /// <summary>What is only not found may be what the change itself took away.</summary>
    [Theory]
    [InlineData("gone", false)]
    [InlineData("nothing", true)]
    [InlineData("a number", true)]
    public async Task Resource_is_gone_only_where_it_is_said_to_be(string found, bool holds)
    {
        _aws.On("x:Find", _ => found switch
        {
            "gone" => throw FakeAws.Error("x:Find", "NoSuchThing", 404),
            "nothing" => Json.EmptyObject,
            _ => Json.Parse("""{"Name":5}"""),
        });

        Assert.Equal(holds, await HoldAsync("write: {call: x:Write, with: {Name: '${resource.name}'}}"));
    }

    /// <summary>What goes by the name would be asked for by none.</summary>
    [Fact]
    public async Task After_a_name_that_is_not_found_nothing_more_is_asked_for()
    {
        _aws.On("x:Find", "{}");

        Assert.True(await HoldAsync(
            "write: {call: x:Write, with: {Name: '${resource.name}'}}",
            more: "other: {call: x:Other, with: {Name: '${resource.name}'}, take: Other, gone-on: NoSuchThing}"));

        Assert.Equal(["x:Find"], _aws.Calls);
    }

    [Fact]
    public async Task What_is_found_is_known_to_the_next_question()
    {
        _aws.On("x:Find", """{"Name":"one"}""").On("x:Other", """{"Other":"o"}""").On("x:Third", """{"Third":"t"}""");

        await HoldAsync(
            "write: {call: x:Write, with: {Name: '${resource.name}'}}",
            more: "other: {call: x:Other, take: Other}\n  third: {call: x:Third, with: {Of: '${resource.other}'}, take: Third}");

        Assert.Equal("""{"Of":"o"}""", _aws.All[^1].Input.GetRawText());
    }

    private Task<bool> HoldAsync(string write, string back = "", string more = "")
    {
        var playbook = PlaybookReader.Read("x/one", "x/one.yaml", $$"""
            summary: Sets it.
            rules: [X_RULE]
            resource: AWS::X::Thing
            impact: none
            manual: Ask.
            resolve:
              name: {call: x:Find, take: Name, gone-on: NoSuchThing}
              {{more}}
            read: {call: x:Read, take: Setting}
            want: 1
            {{write}}
            {{back}}
            """);
        return FoundNames.HoldAsync(playbook, Known, _aws, CancellationToken.None);
    }
}
