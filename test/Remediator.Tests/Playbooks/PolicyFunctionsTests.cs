using System.Diagnostics;
using System.Text.Json;
using Remediator.JmesPath;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Values;

namespace Remediator.Tests.Playbooks;

public sealed class PolicyFunctionsTests
{
    private const string Arn = "arn:aws:s3:::b";

    [Theory]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":"*","Action":"sqs:*"}}""", 1)]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*"}}]}""", 1)]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":{"AWS":["*","arn:aws:iam::111122223333:root"]}}]}""", 1)]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":["*"]}]}""", 1)]
    [InlineData("""{"Statement":[{"Effect":"Allow","NotPrincipal":{"AWS":"arn:aws:iam::111122223333:root"}}]}""", 1)]
    [InlineData("""{"Statement":[{"Effect":"Deny","Principal":"*"}]}""", 0)]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"}}]}""", 0)]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"}}]}""", 0)]
    [InlineData("""[{"Effect":"Allow","Principal":"*"},{"Effect":"Deny","Principal":"*"}]""", 1)]
    [InlineData("""{"Version":"2012-10-17"}""", 0)]
    [InlineData("null", 0)]
    [InlineData("\"\"", 0)]
    [InlineData("""  "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\"}}" """, 1)]
    public void Public_statements_are_found_in_every_form_of_a_policy(string policy, int open) => Assert.Equal(open, Public(policy));

    [Theory]
    [InlineData("""{"StringEquals":{"aws:SourceAccount":"111122223333"}}""", true)]
    [InlineData("""{"StringEquals":{"AWS:sourceaccount":["111122223333","444455556666"]}}""", true)]
    [InlineData("""{"StringLike":{"aws:SourceAccount":["111122223333","*"]}}""", false)]
    [InlineData("""{"StringEqualsIfExists":{"aws:SourceAccount":"111122223333"}}""", false)]
    [InlineData("""{"ForAllValues:StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3"}}""", false)]
    [InlineData("""{"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-a1b2c3/*"}}""", true)]
    [InlineData("""{"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"*/ou-1/*"}}""", false)]
    [InlineData("""{"StringNotEquals":{"aws:SourceAccount":"111122223333"}}""", false)]
    [InlineData("""{"Null":{"aws:SourceAccount":"false"}}""", false)]
    [InlineData("""{"ArnLike":{"aws:SourceArn":"arn:aws:sns:us-east-1:111122223333:*"}}""", true)]
    [InlineData("""{"ArnLike":{"aws:SourceArn":"arn:aws:sns:*:*:*"}}""", false)]
    [InlineData("""{"ArnLike":{"aws:SourceArn":"arn:aws:s3:::logs"}}""", true)]
    [InlineData("""{"ArnLike":{"aws:SourceArn":"arn:aws:s3:::*"}}""", false)]
    [InlineData("""{"StringLike":{"aws:SourceArn":"*"}}""", false)]
    [InlineData("""{"StringEquals":{"aws:SourceAccount":"${aws:PrincipalAccount}"}}""", false)]
    [InlineData("""{"StringLike":{"aws:userid":"AROAEXAMPLE:*"}}""", true)]
    [InlineData("""{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}""", true)]
    [InlineData("""{"IpAddress":{"aws:SourceIp":["0.0.0.0/1","128.0.0.0/1"]}}""", false)]
    [InlineData("""{"IpAddress":{"aws:SourceIp":"::/0"}}""", false)]
    [InlineData("""{"NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"}}""", false)]
    [InlineData("""{"IpAddress":{"aws:VpcSourceIp":"10.0.0.0/16"}}""", true)]
    [InlineData("""{"StringEquals":{"lambda:FunctionUrlAuthType":"NONE"}}""", false)]
    [InlineData("""{"StringEquals":{"lambda:FunctionUrlAuthType":"AWS_IAM"}}""", false)]
    [InlineData("""{"Bool":{"aws:SecureTransport":"true"}}""", false)]
    [InlineData("""{"StringEquals":{"aws:UserAgent":"secret"}}""", false)]
    [InlineData("""{"StringEquals":{"aws:SourceAccount":[]}}""", false)]
    [InlineData("""{"Bool":{"aws:SecureTransport":"true"},"StringEquals":{"aws:SourceVpce":"vpce-1"}}""", true)]
    [InlineData("{}", false)]
    public void A_condition_narrows_only_where_it_says_who_calls(string condition, bool narrows) =>
        Assert.Equal(narrows ? 0 : 1, Public($$$"""{"Statement":{"Effect":"Allow","Principal":"*","Condition":{{{condition}}}}}"""));

    [Theory]
    [InlineData("""{"Action":"s3:*","Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"]}""", true)]
    [InlineData("""{"Action":["s3:*"],"Resource":"*"}""", true)]
    [InlineData("""{"Action":"*","Resource":"arn:aws:s3:::b*"}""", true)]
    [InlineData("""{"Action":"s3:*","Resource":"arn:aws:s3:::b/*"}""", false)]
    [InlineData("""{"Action":"s3:*","Resource":"arn:aws:s3:::other/*"}""", false)]
    [InlineData("""{"Action":"s3:GetObject","Resource":"*"}""", false)]
    [InlineData("""{"NotAction":"s3:GetObject","Resource":"*"}""", false)]
    [InlineData("""{"Action":"s3:*","NotResource":"arn:aws:s3:::b/open/*"}""", false)]
    [InlineData("""{"Action":"s3:*","Resource":"*","Principal":{"AWS":["*"]}}""", true)]
    [InlineData("""{"Action":"s3:*","Resource":"*","Principal":{"AWS":"arn:aws:iam::111122223333:root"}}""", false)]
    [InlineData("""{"Action":"s3:*","Resource":"*","Effect":"Allow"}""", false)]
    [InlineData("""{"Action":"s3:*","Resource":"*","Condition":{"Bool":{"AWS:securetransport":[false]}}}""", true)]
    [InlineData("""{"Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}""", false)]
    [InlineData(
        """{"Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}"""
        + ""","StringEquals":{"aws:SourceVpc":"vpc-1"}}}""",
        false
    )]
    public void Plain_http_is_refused_only_for_everybody_everything_and_the_whole_bucket(string statement, bool denies)
    {
        var condition = statement.Contains("Condition", StringComparison.Ordinal)
            ? "{}"
            : """{"Condition":{"Bool":{"aws:SecureTransport":"false"}}}""";
        var whole = Merging.Merge(
            Merging.Merge(Some.Json("""{"Effect":"Deny","Principal":"*"}"""), Some.Json(condition)), Some.Json(statement));

        Assert.Equal(denies, Denies($$"""{"Statement":{{whole}}}"""));
    }

    [Fact]
    public void The_bucket_and_its_objects_may_be_in_two_statements()
    {
        const string Rest = """ "Effect":"Deny","Principal":"*","Action":"s3:*","Condition":{"Bool":{"aws:SecureTransport":"false"}} """;

        Assert.True(Denies($$"""{"Statement":[{"Resource":"{{Arn}}",{{Rest}}},{"Resource":"{{Arn}}/*",{{Rest}}}]}"""));
    }

    [Theory]
    [InlineData("\"nonsense\"")]
    [InlineData("""{"Statement":"all"}""")]
    [InlineData("""{"Statement":[1]}""")]
    public void What_is_no_policy_is_refused(string policy) => Assert.Throws<JmesPathException>(() => Public(policy));

    [Fact]
    public void Statements_are_returned_unchanged()
    {
        const string Policy = """{"Statement":{"Sid":"a","Effect":"Allow","Principal":{"AWS":"*"},"Action":"x:y"}}""";

        Assert.Equal(
            """[{"Sid":"a","Effect":"Allow","Principal":{"AWS":"*"},"Action":"x:y"}]""", Value("statements(@)", Policy).GetRawText());
    }

    [Fact]
    public void A_large_policy_with_patterns_of_wildcards_costs_little()
    {
        var pattern = new string('*', 5000) + "q";
        var statement = $$$$"""{"Effect":"Allow","Principal":"*","Condition":{"ArnLike":{"aws:SourceArn":"{{{{pattern}}}}"}}}""";
        var watch = Stopwatch.StartNew();

        Assert.Equal(200, Public($$"""{"Statement":[{{string.Join(',', Enumerable.Repeat(statement, 200))}}]}"""));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static int Public(string policy) => Value("length(public_statements(@))", policy).GetInt32();

    private static bool Denies(string policy) => Value($"denies_plain_http(@, '{Arn}')", policy).GetBoolean();

    private static JsonElement Value(string expression, string policy) =>
        JmesPathExpression.Parse(expression, PlaybookFunctions.Table).Evaluate(JsonElement.Parse(policy.Trim()));
}
