using Remediator.Escalate;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Values;

namespace Remediator.Tests.Escalate;

/// <summary>People see what changes, and no secret.</summary>
public sealed class DifferenceTextTests
{
    [Theory]
    [InlineData("{}", """{"Status":"Enabled"}""", "Status: (not set) -> Enabled")]
    [InlineData("null", """{"Days":30,"On":true}""", "Days: (not set) -> 30", "On: (not set) -> true")]
    [InlineData("""{"A":{"B":1,"C":2}}""", """{"A":{"B":1,"C":3}}""", "A.C: 2 -> 3")]
    [InlineData("""{"L":["a","b"]}""", """{"L":["b","c"]}""", "L: removed a", "L: added c")]
    [InlineData("null", """{"L":["x"]}""", "L: added x")]
    [InlineData("\"old\"", "\"new\"", "the whole setting: old -> new")]
    [InlineData(
        """{"Tags":[{"Key":"a","Value":"1"}]}""",
        """{"Tags":[{"Key":"a","Value":"1"},{"Key":"Owner","Value":"web"}]}""",
        "Tags: added Owner: web"
    )]
    [InlineData("""{"Tags":[]}""", """{"Tags":[{"Key":"db-password","Value":"hunter2"}]}""", "Tags: added db-password: (a value)")]
    public void Differences_are_shown_as_they_are(string before, string after, params string[] lines) =>
        Assert.Equal(lines, Lines(before, after));

    [Theory]
    [InlineData("""{"MasterUserPassword":"hunter2"}""")]
    [InlineData("""{"Environment":{"Variables":{"MODE":"hunter2"}}}""")]
    [InlineData("""{"UserData":"hunter2"}""")]
    [InlineData("""{"Url":"https://user:hunter2@example.com"}""")]
    [InlineData("""{"Header":"AKIAIOSFODNN7EXAMPLE hunter2"}""")]
    [InlineData("""{"Blob":"hunter2wJalrXUtnFEMIK7MDENGbPxRfiCY"}""")]
    [InlineData("""{"Text":"line one\nhunter2"}""")]
    [InlineData("""{"List":[{"Name":"ApiKey","Value":"hunter2"}]}""")]
    [InlineData("""{"Body":"{\"a\":\"hunter2\"}"}""")]
    public void No_secret_is_shown(string after)
    {
        var plan = PlanOf("null", after) with { };
        Assert.DoesNotContain(
            DifferenceText.Of(plan).Concat(plan.Calls.Select(CallText.Of)), line => line.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public void Policies_are_shown_by_statement_even_if_they_are_text()
    {
        const string open = """{"Sid":"Open","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}""";
        const string tls =
            """{"Sid":"Tls","Effect":"Deny","Principal":{"AWS":"*"}"""
            + ""","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}""";
        string[] lines =
        [
            "Policy: removed statement Open: Allow s3:GetObject to *",
            "Policy: added statement Tls: Deny s3:* to *, with a condition",
        ];

        Assert.Equal(lines, Lines($$$"""{"Policy":{"Statement":[{{{open}}}]}}""", $$$"""{"Policy":{"Statement":[{{{tls}}}]}}"""));
        var (before, after) = (Json.Text($$$"""{"Statement":{{{open}}}}"""), Json.Text($$$"""{"Statement":[{{{tls}}}]}"""));
        Assert.Equal(lines, Lines($$$"""{"Policy":{{{before.GetRawText()}}}}""", $$$"""{"Policy":{{{after.GetRawText()}}}}"""));
    }

    [Fact]
    public void Removed_items_are_shown_one_by_one()
    {
        var rule = Some.Json("""{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"0.0.0.0/0"}],"Ipv6Ranges":[]}""");
        var plan = new Plan([new() { Step = "ingress", Before = Json.List([rule]), After = Json.List([]), Removed = [rule], Calls = [] }]);

        Assert.Equal(["removed: {IpProtocol: tcp, FromPort: 22, ToPort: 22, IpRanges: [{CidrIp: 0.0.0.0/0}]}"], DifferenceText.Of(plan));
    }

    [Fact]
    public void What_goes_and_what_comes_back_is_shown_whichever_of_them_there_is()
    {
        var (open, office) = (
            Some.Json("""{"FromPort":22,"CidrIpv4":"0.0.0.0/0"}"""),
            Some.Json("""{"FromPort":443,"CidrIpv4":"10.0.0.0/8"}""")
        );
        var step = new StepPlan
        {
            Step = "rules",
            Before = Json.List([open]),
            After = Json.List([office]),
            Removed = [open],
            Added = [office],
            Calls = [],
        };

        Assert.Equal(
            ["removed: {FromPort: 22, CidrIpv4: 0.0.0.0/0}", "put back: {FromPort: 443, CidrIpv4: 10.0.0.0/8}"],
            DifferenceText.Of(new([step])));
        Assert.Equal(["put back: {FromPort: 443, CidrIpv4: 10.0.0.0/8}"], DifferenceText.Of(new([step with { Removed = [] }])));
    }

    private static IEnumerable<string> Lines(string before, string after) => DifferenceText.Of(PlanOf(before, after));

    private static Plan PlanOf(string before, string after) =>
        new([new() { Step = "setting", Before = Some.Json(before), After = Some.Json(after), Calls = [new("s3:PutX", Some.Json(after))] }]);
}
