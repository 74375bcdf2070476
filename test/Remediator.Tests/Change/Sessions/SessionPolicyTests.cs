using Remediator.Aws.Permissions;
using Remediator.Change.Sessions;
using Remediator.Values;

namespace Remediator.Tests.Change.Sessions;

/// <summary>The text of a session's policy: IAM's own form, and as short as it can be.</summary>
public sealed class SessionPolicyTests
{
    [Fact]
    public void Actions_on_the_same_resources_are_one_statement_and_all_is_in_order() => AssertSame(
        """
        {"Version":"2012-10-17","Statement":[
         {"Effect":"Allow","Action":["s3:A","s3:B"],"Resource":["arn:1","arn:2"]},
         {"Effect":"Allow","Action":"s3:C","Resource":"arn:3"}]}
        """,
        SessionPolicy.Of([new("s3:C", ["arn:3"]), new("s3:B", ["arn:2", "arn:1"]), new("s3:A", ["arn:1", "arn:2"])]));

    [Fact]
    public void Condition_has_a_statement_of_its_own() => AssertSame(
        """
        {"Version":"2012-10-17","Statement":[
         {"Effect":"Allow","Action":"kms:Decrypt","Resource":"*"},
         {"Effect":"Allow","Action":"iam:PassRole","Resource":"*",
          "Condition":{"StringEquals":{"iam:PassedToService":"lambda.amazonaws.com"}}},
         {"Effect":"Allow","Action":"iam:PassRole","Resource":"*",
          "Condition":{"StringEquals":{"iam:PassedToService":"rds.amazonaws.com"}}}]}
        """,
        SessionPolicy.Of(
        [
            new("iam:PassRole", ["*"], new("StringEquals", "iam:PassedToService", "rds.amazonaws.com")),
            new("kms:Decrypt", ["*"]),
            new("iam:PassRole", ["*"], new("StringEquals", "iam:PassedToService", "lambda.amazonaws.com")),
        ]));

    [Fact]
    public void Wider_policy_has_each_action_once_on_any_resource() => AssertSame(
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:A","s3:B"],"Resource":"*"}]}""",
        SessionPolicy.Wider([new("s3:B", ["arn:2"]), new("s3:A", ["arn:1"]), new("s3:B", ["arn:1"])]));

    private static void AssertSame(string expected, string policy) => Assert.Equal(
        Json.Write(Json.Parse(expected).WriteTo).GetRawText(), policy);
}
