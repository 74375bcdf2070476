using System.Text;
using System.Text.Json;
using Remediator.Aws.Endpoints;

namespace Remediator.Tests.Aws.Endpoints;

public sealed class RuleSetTests
{
    [Fact]
    public void What_a_rule_assigned_is_forgotten_when_it_does_not_match()
    {
        var rules = Read(
            """
            [{"fn":"aws.parseArn","argv":[{"ref":"Bucket"}],"assign":"arn"},
             {"fn":"stringEquals","argv":[{"ref":"Bucket"},"other"]},
             {"fn":"isSet","argv":[{"ref":"arn"}]}]
            """,
            """[{"if":[0,1],"url":"https://first"},{"if":[2],"url":"https://leaked"},{"url":"https://last"}]""",
            "[0,1,2]");

        var match = rules.Evaluate(new EndpointParameters { ["Bucket"] = "arn:aws:s3:::b" });

        Assert.Equal("https://last", match.Url);
    }

    [Fact]
    public void What_a_tree_assigned_is_seen_by_its_children_and_forgotten_after_it()
    {
        var rules = Read(
            """
            [{"fn":"aws.parseArn","argv":[{"ref":"Bucket"}],"assign":"arn"},
             {"fn":"stringEquals","argv":[{"fn":"getAttr","argv":[{"ref":"arn"},"service"]},"sqs"]},
             {"fn":"isSet","argv":[{"ref":"arn"}]}]
            """,
            """
            [{"if":[1],"url":"https://{arn#service}"},{"if":[0],"rules":[0]},
             {"if":[2],"url":"https://leaked"},{"url":"https://last"}]
            """,
            "[1,2,3]");

        Assert.Equal("https://sqs", rules.Evaluate(new EndpointParameters { ["Bucket"] = "arn:aws:sqs:::q" }).Url);
        Assert.Equal("https://last", rules.Evaluate(new EndpointParameters { ["Bucket"] = "arn:aws:s3:::b" }).Url);
    }

    [Theory]
    [InlineData("https://{Bucket}", "https://b")]
    [InlineData("{{{Bucket}}}", "{b}")]
    [InlineData("{{literal}}", "{literal}")]
    [InlineData("a{Bucket}c{Bucket}", "abcb")]
    [InlineData("", "")]
    public void A_template_fills_its_holes_and_keeps_doubled_braces(string template, string expected)
    {
        var rules = Read("[]", $$"""[{"url":"{{template}}"}]""", "[0]");

        Assert.Equal(expected, rules.Evaluate(new EndpointParameters { ["Bucket"] = "b" }).Url);
    }

    [Fact]
    public void Placeholder_without_a_value_gives_no_endpoint()
    {
        var rules = Read("[]", """[{"url":"https://{Bucket}"}]""", "[0]");

        var fault = Assert.Throws<AwsEndpointException>(() => rules.Evaluate(new EndpointParameters()));

        Assert.Equal(("test", "'https://{Bucket}' has a part that is not set."), (fault.Service, fault.Reason));
    }

    [Fact]
    public void The_error_of_a_rule_is_filled_in_and_thrown()
    {
        var rules = Read("[]", """[{"error":"`{Bucket}` will not do"}]""", "[0]");

        var fault = Assert.Throws<AwsEndpointException>(() => rules.Evaluate(new EndpointParameters { ["Bucket"] = "b" }));

        Assert.Equal("`b` will not do", fault.Reason);
        Assert.Equal("No endpoint for test: `b` will not do", fault.Message);
    }

    [Fact]
    public void Rules_of_which_none_matches_give_no_endpoint()
    {
        var rules = Read("""[{"fn":"isSet","argv":[{"ref":"Bucket"}]}]""", """[{"if":[0],"url":"https://b"}]""", "[0]");

        Assert.Throws<AwsEndpointException>(() => rules.Evaluate(new EndpointParameters()));
    }

    [Fact]
    public void Defaults_replace_what_is_not_given()
    {
        var rules = Read(
            """[{"fn":"booleanEquals","argv":[{"ref":"On"},true]}]""",
            """[{"if":[0],"url":"https://on"},{"url":"https://off"}]""",
            "[0,1]");

        Assert.Equal("https://on", rules.Evaluate(new EndpointParameters()).Url);
        Assert.Equal("https://off", rules.Evaluate(new EndpointParameters { ["On"] = false }).Url);
    }

    [Fact]
    public void A_value_of_another_type_is_an_error_that_names_the_parameter()
    {
        var rules = Read("[]", """[{"url":"https://x"}]""", "[0]");

        Assert.Contains("Bucket", Failure(rules, new() { ["Bucket"] = true }), StringComparison.Ordinal);
        Assert.Contains("On", Failure(rules, new() { ["On"] = "true" }), StringComparison.Ordinal);
        Assert.Contains("List", Failure(rules, new() { ["List"] = "a" }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_required_parameter_that_is_missing_is_an_error_that_names_it()
    {
        var rules = Read("""{"ApiType":{"type":"string","required":true} }""", "[]", """[{"url":"https://x"}]""", "[0]");

        Assert.Contains("ApiType", Failure(rules, new()), StringComparison.Ordinal);
        Assert.Equal("https://x", rules.Evaluate(new EndpointParameters { ["ApiType"] = "a" }).Url);
    }

    private static string Failure(RuleSet rules, EndpointParameters parameters) =>
        Assert.Throws<AwsEndpointException>(() => rules.Evaluate(parameters)).Reason;

    private static RuleSet Read(string conditions, string rules, string root) => Read(
        """{"Bucket":{"type":"string"},"On":{"type":"boolean","required":true,"default":true},"List":{"type":"stringArray"} }""",
        conditions,
        rules,
        root);

    private static RuleSet Read(string parameters, string conditions, string rules, string root)
    {
        string[] held = [.. Lines(conditions)];
        var head = $$"""
            {"service":"test","signingName":"test",
            "parameters":{{parameters}},"assigned":["arn"],"conditions":{{held.Length}},"root":{{root}}}
            """.ReplaceLineEndings("");
        return new RuleSet(Encoding.UTF8.GetBytes(string.Concat(held.Prepend(head).Concat(Lines(rules)).Select(line => line + "\n"))));
    }

    private static IEnumerable<string> Lines(string array) => JsonElement.Parse(array).EnumerateArray().Select(e => e.GetRawText());
}
