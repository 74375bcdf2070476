using System.Collections.Immutable;
using Remediator.Decide;
using Remediator.Values;

namespace Remediator.Tests.Decide;

/// <summary>Text that is filled in from what the policy knows of an account, and never with nothing.</summary>
public sealed class AccountTextTests
{
    private static readonly Account Shop = new("111111111111")
    {
        Name = "shop-prod",
        Unit = "Root/Prod",
        Team = "shop",
        Environment = "production",
        Values = ImmutableSortedDictionary<string, string>.Empty.Add("cost-center", "4000").Add("team", "of the values"),
    };

    [Theory]
    [InlineData("plain $ {text}", "plain $ {text}")]
    [InlineData("${account.id} ${account.name} ${account.ou}", "111111111111 shop-prod Root/Prod")]
    [InlineData("${account.team}-${account.environment}", "shop-production")]
    [InlineData("${account.values.cost-center}", "4000")]
    [InlineData("${account.values.team}", "of the values")]
    [InlineData("a ${account.values.other}", null)]
    [InlineData(null, null)]
    public void Text_is_filled_in_whole_or_not_at_all(string? text, string? filled) => Assert.Equal(filled, AccountText.Fill(text, Shop));

    [Theory]
    [InlineData("", true)]
    [InlineData("plain", true)]
    [InlineData("two\nlines, $5 and {braces}", true)]
    [InlineData("${account.id}${account.values.a/b-c.d:e_f}", true)]
    [InlineData("${account.owner}", false)]
    [InlineData("${resource.id}", false)]
    [InlineData("${account.values.}", false)]
    [InlineData("${account.team", false)]
    [InlineData("a ${", false)]
    public void Reference_is_to_what_an_account_may_have(string text, bool isRight) => Assert.Equal(isRight, AccountText.IsRight(text));

    [Fact]
    public void Values_are_filled_in_one_by_one()
    {
        var value = Json.Parse("""{"a":"${account.team}","b":["${account.values.other}","${account.id}",5,null,true],"c":{"d":"plain"}}""");

        Assert.Equal(
            """{"a":"shop","b":["${account.values.other}","111111111111",5,null,true],"c":{"d":"plain"}}""",
            AccountText.Fill(value, Shop).GetRawText());
        Assert.Equal("values.other", AccountText.Left(AccountText.Fill(value, Shop)));
        Assert.Equal("team", AccountText.Left(value));
        Assert.Null(AccountText.Left(Json.Parse("\"plain\"")));
        Assert.Null(AccountText.Left(Json.Null));
        Assert.Null(AccountText.Left(value.Member("unheard-of")));
        Assert.Equal((true, false), (AccountText.RefersToAccount(value), AccountText.RefersToAccount(Json.Parse("""{"a":"$ {"}"""))));
    }

    [Fact]
    public void Facts_for_tags_are_the_values_team_and_environment()
    {
        Assert.Equal(
            "cost-center=4000, environment=production, team=of the values",
            string.Join(", ", Shop.TagFacts.Select(f => $"{f.Key}={f.Value}")));
        Assert.Equal(
            "team=data", string.Join(", ", new Account("222222222222") { Team = "data" }.TagFacts.Select(f => $"{f.Key}={f.Value}")));
    }

    [Theory]
    [InlineData("Root", true)]
    [InlineData("Root/Prod", true)]
    [InlineData("Root/Pro", false)]
    [InlineData("Root/P*", true)]
    [InlineData("Root/Prod/Shop", false)]
    public void Account_is_of_its_unit_and_of_those_above(string unit, bool isOf)
    {
        Assert.Equal(isOf, Shop.IsOf(["Other", unit]));
        Assert.False(new Account("222222222222").IsOf([unit]));
    }
}
