using System.Text.Json;
using Remediator.JmesPath;
using Remediator.Playbooks;

namespace Remediator.Tests.Playbooks;

/// <summary>The functions that convert AWS Config's format into that of an API.</summary>
public sealed class RecordedFunctionsTests
{
    [Theory]
    [InlineData("title(@)", """{"aB":{"cD":[{"e":1}]},"":2,"éa":"x"}""", """{"AB":{"CD":[{"E":1}]},"":2,"Éa":"x"}""")]
    [InlineData("title(@)", "[1,null,\"aB\"]", "[1,null,\"aB\"]")]
    [InlineData("title(@)", "null", "null")]
    [InlineData("untitle(@)", """{"AB":{"CD":[{"E":1}]},"f":2}""", """{"aB":{"cD":[{"e":1}]},"f":2}""")]
    [InlineData("untitle(title(@))", """{"aB":{"cD":1}}""", """{"aB":{"cD":1}}""")]
    public void Title_and_untitle_change_only_the_first_letter_of_member_names(
        string expression,
        string given,
        string expected
    ) => Assert.Equal(Compact(expected), Evaluate(expression, given));

    [Theory]
    [InlineData(
        "spell(@, ['HTTPPort'])",
        """{"httpPort":80,"Http":{"HttpPORT":1,"httpPorts":2}}""",
        """{"HTTPPort":80,"Http":{"HTTPPort":1,"httpPorts":2}}"""
    )]
    [InlineData("spell(@, `[]`)", """{"a":1}""", """{"a":1}""")]
    [InlineData("spell(@, ['A'])", "\"a\"", "\"a\"")]
    public void Spell_gives_a_member_name_its_spelling_at_all_depths(string expression, string given, string expected) =>
        Assert.Equal(Compact(expected), Evaluate(expression, given));

    [Theory]
    [InlineData("""[{"k":1,"a":[1,2],"b":[3]}]""", """[{"k":1,"a":1},{"k":1,"a":2},{"k":1,"b":3}]""")]
    [InlineData("""[{"k":1,"a":[]},{"k":2},{"k":3,"b":"text"},5,null]""", "[]")]
    [InlineData("null", "[]")]
    public void Spread_makes_one_row_of_each_list_item(string given, string expected) =>
        Assert.Equal(Compact(expected), Evaluate("spread(rows, ['a', 'b'])", $$"""{"rows":{{given}}}"""));

    [Theory]
    [InlineData("""{"viewerCertificate":{"acmCertificateArn":"c","sslSupportMethod":"sni-only"},"webACLId":""}""",
        """{"ViewerCertificate":{"ACMCertificateArn":"c","SSLSupportMethod":"sni-only"},"WebACLId":""}""")]
    [InlineData("""{"origins":{"quantity":1,"items":[{"id":"o","customOriginConfig":{"httpPort":80}}]}}""",
        """{"Origins":{"Quantity":1,"Items":[{"Id":"o","CustomOriginConfig":{"HTTPPort":80}}]}}""")]
    [InlineData("""{"notOfTheApi":{"id":1},"enabled":"text"}""", """{"notOfTheApi":{"id":1},"Enabled":"text"}""")]
    [InlineData("""{"origins":[1],"aliases":"x"}""", """{"Origins":[1],"Aliases":"x"}""")]
    [InlineData("null", "null")]
    public void Named_as_gives_member_names_as_the_API_writes_them_in_their_place(string given, string expected) =>
        Assert.Equal(Compact(expected), Evaluate("named_as(@, 'cloudfront:GetDistributionConfig', 'DistributionConfig')", given));

    [Theory]
    [InlineData("named_as(@, 'cloudfront:GetDistributionConfig', 'Nothing')")]
    [InlineData("named_as(@, 'cloudfront:Nothing', 'DistributionConfig')")]
    [InlineData("named_as(@, 'text', 'DistributionConfig')")]
    public void Named_as_refuses_an_output_that_there_is_not(string expression) =>
        Assert.Contains(
            "there is no", Assert.Throws<JmesPathException>(() => Evaluate(expression, "{}")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"{\\\"a\\\":[1]}\"", """{"a":[1]}""")]
    [InlineData("""{"a":1}""", """{"a":1}""")]
    [InlineData("[\"1\"]", "[\"1\"]")]
    [InlineData("null", "null")]
    [InlineData("5", "5")]
    public void Parse_json_reads_text_and_returns_any_other_value_unchanged(string given, string expected) =>
        Assert.Equal(expected, Evaluate("parse_json(@)", given));

    [Fact]
    public void Parse_json_refuses_a_text_that_is_no_JSON() => Assert.Throws<JmesPathException>(() => Evaluate("parse_json(@)", "\"{\""));

    private static string Compact(string json) => JsonSerializer.Serialize(JsonElement.Parse(json));

    private static string Evaluate(string expression, string given) =>
        JsonSerializer.Serialize(JmesPathExpression.Parse(expression, PlaybookFunctions.Table).Evaluate(JsonElement.Parse(given)));
}
