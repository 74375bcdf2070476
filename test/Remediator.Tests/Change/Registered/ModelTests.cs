using Remediator.Change.Registered;
using Remediator.Playbooks.Registered;
using Remediator.Values;

namespace Remediator.Tests.Change.Registered;

/// <summary>Which members of a model an update may write, and which it would lose.</summary>
public sealed class ModelTests
{
    private static readonly RegisteredType Type = RegisteredType.Of("AWS::Some::Type", Json.Parse("""
        {"id":["Name"],"properties":["Name","Arn","Kind","Mode","Settings","Rules","Parts","Secret","Login","Keys"],
         "readOnly":["Arn","Settings/Status","Rules/*/Id","Parts"],
         "createOnly":["Name","Kind","Arn","Rules/*/From","Parts/*/From","Settings/Zone"],
         "writeOnly":["Secret","Login/Password","Keys/*/Inner/Secret"]}
        """));

    [Fact]
    public void What_an_update_may_not_write_is_left_out_at_all_depths() => Assert.Equal(
        """{"Mode":"a","Settings":{"Size":1},"Rules":[{"To":2}],"Login":{"User":"u"},"Keys":[[{"a":1}],5]}""",
        Model.Writable(Type, Json.Parse("""
            {"Name":"n","Arn":"r","Mode":"a","Settings":{"Size":1,"Status":"OK","Zone":"z"},"Rules":[{"Id":"i","From":1,"To":2}],
             "Secret":"s","Login":{"User":"u","Password":"p"},"Keys":[[{"a":1}],5],"Unheard":1}
            """)).GetRawText());

    [Theory]
    [InlineData("""{"Kind":"a"}""", """{"Kind":"b"}""", "Kind")]
    [InlineData("""{"Kind":"1"}""", """{"Kind":1}""", "")]
    [InlineData("""{"Kind":"a"}""", "{}", "")]
    [InlineData("{}", """{"Kind":"a"}""", "")]
    [InlineData("""{"Arn":"a"}""", """{"Arn":"b"}""", "")]
    [InlineData("""{"Settings":{"Zone":"a"}}""", """{"Settings":{"Zone":"b"}}""", "Settings/Zone")]
    [InlineData("""{"Rules":[{"From":1}]}""", """{"Rules":[{"From":2}]}""", "Rules")]
    [InlineData("""{"Rules":[{"From":1}]}""", "{}", "Rules")]
    [InlineData("""{"Rules":[{"From":1}]}""", """{"Rules":[{"From":"1"}]}""", "")]
    [InlineData("""{"Parts":[{"From":1}]}""", """{"Parts":[{"From":2}]}""", "")]
    [InlineData("""{"Mode":"a","Name":"n"}""", """{"Mode":"b","Name":"n"}""", "")]
    public void What_only_the_creation_sets_is_fixed_where_it_differs(string one, string other, string expected) =>
        Assert.Equal(expected, string.Join(',', Model.Fixed(Type, Json.Parse(one), Json.Parse(other))));

    [Theory]
    [InlineData("{}", "Secret", "Login/Password,Keys/*/Inner/Secret")]
    [InlineData("""{"Login":{},"Keys":[]}""", "Secret,Login/Password", "")]
    [InlineData("""{"Login":"none","Keys":[{"Inner":1},{"Inner":{}}]}""", "Secret,Keys/*/Inner/Secret", "")]
    [InlineData("""{"Login":{},"Keys":[{},{"Other":{}}]}""", "Secret,Login/Password", "")]
    [InlineData("""{"Login":{},"Keys":{"Inner":{}}}""", "Secret,Login/Password", "")]
    [InlineData("null", "", "Login/Password,Keys/*/Inner/Secret")]
    public void Member_that_no_read_gives_back_is_lost_where_what_holds_it_is_there(string live, string lost, string unknown)
    {
        Assert.Equal(lost, string.Join(',', Model.Lost(Type, Json.Parse(live))));
        Assert.Equal(unknown, string.Join(',', Model.Unknown(Type, Json.Parse(live))));
    }
}
