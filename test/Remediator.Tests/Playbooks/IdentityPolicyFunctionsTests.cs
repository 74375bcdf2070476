using Remediator.JmesPath;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Tests.Playbooks;

public class IdentityPolicyFunctionsTests
{
    private const string Keep = """{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}""";

    [Theory]
    [InlineData("without_admin(@)", """{"Effect":"Allow","Action":"*","Resource":"*"}""", "")]
    [InlineData(
        "without_admin(@)",
        """{"Effect":"Allow","Action":["*:*","s3:Get*"],"Resource":["*"]}""",
        """{"Effect":"Allow","Action":["s3:Get*"],"Resource":["*"]}"""
    )]
    [InlineData("without_admin(@)", """{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::a"}""", null)]
    [InlineData("without_admin(@)", """{"Effect":"Deny","Action":"*","Resource":"*"}""", null)]
    [InlineData("without_admin(@)", """{"Effect":"Allow","Action":"ec2:*","Resource":"*"}""", null)]
    [InlineData(
        "without_full_access(@)",
        """{"Effect":"Allow","Action":["ec2:*","ec2:Describe*"],"Resource":"*"}""",
        """{"Effect":"Allow","Action":["ec2:Describe*"],"Resource":"*"}"""
    )]
    [InlineData("without_full_access(@)", """{"Effect":"Allow","Action":"*","Resource":"*"}""", "")]
    [InlineData("without_full_access(@)", """{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}""", null)]
    [InlineData("without_full_access(@)", """{"Effect":"Allow","Action":"ec2:Describe*","Resource":"*"}""", null)]
    [InlineData(
        "without_actions_on_all_keys(@, ['kms:Decrypt'])",
        """{"Effect":"Allow","Action":["kms:Decrypt","kms:DescribeKey"],"Resource":"*"}""",
        """{"Effect":"Allow","Action":["kms:DescribeKey"],"Resource":"*"}"""
    )]
    [InlineData(
        "without_actions_on_all_keys(@, ['kms:Decrypt'])",
        """{"Effect":"Allow","Action":"kms:*","Resource":["arn:aws:kms:*:123456789012:key/*"]}""",
        ""
    )]
    [InlineData(
        "without_actions_on_all_keys(@, ['kms:Decrypt'])",
        """{"Effect":"Allow","Action":"kms:Decrypt","Resource":"arn:aws:kms:eu-west-1:123456789012:key/1"}""",
        null
    )]
    [InlineData("without_actions_on_all_keys(@, ['kms:Decrypt'])", """{"Effect":"Allow","Action":"KMS:decrypt","Resource":"*"}""", "")]
    [InlineData("without_actions_on_all_keys(@, ['kms:Decrypt'])", """{"Effect":"Allow","Action":"kms:Encrypt","Resource":"*"}""", null)]
    public void Statement_loses_the_listed_actions_and_stays_otherwise_unchanged(string expression, string statement, string? left)
    {
        var policy = $$"""{"Version":"2012-10-17","Id":"a","Statement":[{{Keep}},{{statement}}]}""";
        var expected = left is null ? policy
            : $$"""{"Version":"2012-10-17","Id":"a","Statement":[{{Keep}}{{(left.Length > 0 ? $",{left}" : "")}}]}""";

        Assert.Equal(expected, Of(expression, policy));
    }

    [Theory]
    [InlineData("without_admin(@)")]
    [InlineData("without_full_access(@)")]
    public void Policy_of_which_nothing_is_left_is_none(string expression) =>
        Assert.Equal("null", Of(expression, """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"""));

    [Fact]
    public void Shape_that_is_no_policy_is_refused() =>
        Assert.Throws<JmesPathException>(() => Of("without_admin(@)", """{"Statement":"Allow"}"""));

    [Theory]
    [InlineData("days_between('2026-01-01T00:00:00Z', '2026-04-01T12:00:00+00:00')", "90.5")]
    [InlineData("days_between('2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z')", "-1")]
    [InlineData("days_between(`null`, '2026-01-01T00:00:00Z')", "null")]
    public void Days_between_two_times_are_fractions(string expression, string days) => Assert.Equal(days, Of(expression, "{}"));

    [Fact]
    public void Text_that_is_no_moment_is_refused() =>
        Assert.Throws<JmesPathException>(() => Of("days_between('soon', '2026-01-01T00:00:00Z')", "{}"));

    private static string Of(string expression, string document) =>
        JmesPathExpression.Parse(expression, PlaybookFunctions.Table).Evaluate(Json.Parse(document)).GetRawText();
}
