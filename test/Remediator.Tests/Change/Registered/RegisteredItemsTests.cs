using System.Text.Json;
using Remediator.Change.Recorded;
using Remediator.Change.Registered;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Playbooks.Registered;
using Remediator.Testing;
using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.Tests.Change.Registered;

/// <summary>What Cloud Control is told about a resource, and when it is told nothing.</summary>
public sealed class RegisteredItemsTests
{
    private const string Name = "AWS::Some::Type";
    private const string Ignores = "The provider of Some::Control ignores that";
    private const string Known = """{"Login":{}}""";
    private static readonly ResourceKey Resource = new("123456789012", "us-east-1", Name, "one");
    private static readonly RegisteredType Type = Of("\"Name\"", "\"createOnly\":[\"Kind\",\"Size\"]");

    [Theory]
    [InlineData("Name", "Mode")]
    [InlineData("Name", "Mode", "other")]
    [InlineData("Name")]
    public void Item_is_in_shape_where_most_of_its_members_are_the_types(params string[] members) =>
        Assert.True(RegisteredItems.IsInShape(Type, Item(-10, Members(members))));

    [Theory]
    [InlineData("Name", "other")]
    [InlineData("name", "mode")]
    [InlineData]
    public void Item_is_not_in_shape_where_half_of_its_members_or_fewer_are_the_types(params string[] members) =>
        Assert.False(RegisteredItems.IsInShape(Type, Item(-10, Members(members))));

    [Fact]
    public void Item_of_a_resource_that_was_deleted_has_no_shape() =>
        Assert.False(RegisteredItems.IsInShape(Type, Item(-10, "null", "ResourceDeleted")));

    [Theory]
    [InlineData("""{"name":"a"}""", """{"Name":"a"}""", """{"Name":"a"}""", -60)]
    [InlineData("""{"Name":"a"}""", """{"name":"a"}""", """{"Name":"a"}""", -10)]
    [InlineData("""{"Name":"a"}""", """{"Name":"a"}""", """{"name":"a"}""", -1)]
    public void Item_in_another_shape_is_named(string good, string bad, string latest, int at) => Assert.Equal(
        $"AWS Config did not record AWS::Some::Type in CloudFormation's shape in item {Item(at, "{}").Name}, so it cannot be put back "
        + "through Cloud Control.",
        Objection(Type, good, bad, latest));

    [Fact]
    public void Item_without_an_identifier_of_several_parts_is_named_with_them() => Assert.Equal(
        $"Item {Item(-1, "{}").Name} does not say what Cloud Control calls the resource (Name, Mode).",
        Objection(Of("\"Name\",\"Mode\""), """{"Name":"a","Mode":"b"}""", """{"Name":"a","Mode":"b"}""", """{"Name":"a"}"""));

    [Theory]
    [InlineData("""{"Name":"a","Kind":"x"}""", """{"Name":"a","Kind":"y"}""", "Kind")]
    [InlineData("""{"Name":"a","Kind":"x","Size":1}""", """{"Name":"a","Kind":"y","Size":2}""", "Kind, Size")]
    public void What_only_the_creation_sets_is_named(string good, string bad, string named)
    {
        var objection = RegisteredItems.Objection(Type, Drift(good, bad, bad))!;

        Assert.Equal(Reason.Unsupported, objection.Reason);
        Assert.Equal(
            $"{named} can only be set when a resource is created: what AWS Config recorded as good is not reached by an update.",
            objection.Why);
    }

    [Fact]
    public void Drift_that_an_update_can_put_back_has_no_objection() =>
        Assert.Null(Objection(Type, """{"Name":"a","Mode":"x"}""", """{"Name":"a","Mode":"y"}""", """{"Name":"a"}"""));

    [Theory]
    [InlineData("\"Name\",\"Mode\"", """{"Name":"a","Mode":5}""", "a|5")]
    [InlineData("\"Name\"", """{"Name":"a"}""", "a")]
    [InlineData("\"Settings/Id\"", """{"Settings":{"Id":"i"}}""", "i")]
    [InlineData("\"Name\"", """{"Mode":"x"}""", "one")]
    [InlineData("\"Name\"", """{"Name":""}""", "one")]
    [InlineData("\"Name\"", """{"Name":{"a":1}}""", "one")]
    [InlineData("\"TopicArn\"", """{"Mode":"x"}""", "arn:aws:some:::one")]
    [InlineData("\"Name\",\"Mode\"", """{"Name":"a"}""", "")]
    public void Identifier_is_made_of_its_parts_or_of_the_items_own_name(string parts, string latest, string identifier) => Assert.Equal(
        identifier,
        RegisteredItems.With(Scope(), Of(parts), Drift("{}", "{}", latest), role: null)["resource"].TextOf("identifier"));

    [Fact]
    public void Role_is_one_of_the_resources_own_account()
    {
        var drift = Drift("{}", "{}", """{"Name":"a"}""");
        string? Role(string? role) => RegisteredItems.With(Scope(), Type, drift, role)["params"].TextOf("role");

        Assert.Null(Role(null));
        Assert.Equal("arn:aws:iam::123456789012:role/deployer", Role("deployer"));
        Assert.Equal("arn:aws:iam::123456789012:role/ours", Role("arn:aws:iam::123456789012:role/ours"));
        Assert.Equal(
            "The policy's rollback.role arn:aws:iam::210987654321:role/ours is not of the account 123456789012 of the resource: give its "
            + "name, and have a role of that name in each account.",
            Assert.Throws<NotConfiguredException>(() => Role("arn:aws:iam::210987654321:role/ours")).Message);
    }

    [Theory]
    [InlineData("""{"A":{"B":1}}""", """{"A":{"B":2}}""", Known, null)]
    [InlineData("""{"A":{"B":1}}""", """{"A":{}}""", Known, $"{Ignores} A/B is taken away: this may have no effect.")]
    [InlineData("""{"A":{"B":1}}""", "{}", Known, $"{Ignores} A/B is taken away: this may have no effect.")]
    [InlineData("""{"C":{"D":1}}""", """{"C":{}}""", Known, $"{Ignores} C is taken away: this may have no effect.")]
    [InlineData("""{"AB":1,"CD":1,"E":1}""", "{}", Known, null)]
    [InlineData(
        "{}",
        """{"A":{"B":1},"C":1}""",
        Known,
        "The way back is not exact: the provider of Some::Control ignores that A/B, C is taken away again.")]
    [InlineData("""{"E":1}""", """{"E":2}""", "{}", "Whether Login/Password is set cannot be read: an update would lose it.")]
    [InlineData(
        """{"C":1}""",
        """{"A":{"B":1}}""",
        "null",
        $"{Ignores} C is taken away: this may have no effect. The way back is not exact: the provider of "
        + "Some::Control ignores that A/B is taken away again. Whether Login/Password is set cannot be read: an update would lose it.")]
    public void What_a_person_is_to_know_before_the_change_is_said(string before, string after, string live, string? says)
    {
        var type = RegisteredType.Of(Name, Json.Parse(
            """
            {"as":"Some::Control","id":["Name"],"properties":["A","C","E","Login","Secret"],"stays":["A/B","C"],
             "writeOnly":["Login/Password","Secret"]}
            """));
        var plan = new StepPlan { Step = "properties", Before = Json.Parse(before), After = Json.Parse(after), Calls = [] };

        Assert.Equal(says, RegisteredItems.Caveat(type, Json.Parse(live), plan));
    }

    private static RegisteredType Of(string identifier, string more = "\"tags\":\"Tags\"") => RegisteredType.Of(Name, Json.Parse(
        $$"""{"id":[{{identifier}}],"properties":["Name","Mode","Kind","Size","Settings"],{{more}}}"""));

    private static string Members(params string[] names) => $"{{{string.Join(',', names.Select(n => $"\"{n}\":1"))}}}";

    private static string? Objection(RegisteredType type, string good, string bad, string latest) =>
        RegisteredItems.Objection(type, Drift(good, bad, latest))?.Why;

    private static Drift Drift(string good, string bad, string latest) => new(Some.Time, Item(-60, good), Item(-10, bad), Item(-1, latest));

    private static ConfigurationItem Item(int minutes, string configuration, string status = "OK") => ConfigurationItemReader.Read(
        RollbackScenarios.Item(Resource, Some.Time, minutes, status, configuration, "{}", "{}"));

    private static Scope Scope() => Remediator.Playbooks.Scope.Empty
        .With("account", Json.Parse("""{"id":"123456789012","partition":"aws"}"""))
        .With("resource", Json.Parse("""{"id":"one"}"""))
        .With("params", Json.EmptyObject);
}
