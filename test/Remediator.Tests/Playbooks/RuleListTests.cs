using System.Text.Json;
using Remediator.JmesPath;
using Remediator.Playbooks;

namespace Remediator.Tests.Playbooks;

public sealed class RuleListTests
{
    private const string Key = "arn:aws:kms:us-east-1:111122223333:key/6f7e3c1a-0d7b-4f0e-9d4f-2f3f6a1b2c3d";

    [Theory]
    [InlineData(Key, Key, true)]
    [InlineData("6f7e3c1a-0d7b-4f0e-9d4f-2f3f6a1b2c3d", Key, true)]
    [InlineData(Key, "6f7e3c1a-0d7b-4f0e-9d4f-2f3f6a1b2c3d", true)]
    [InlineData("a, " + Key, Key, true)]
    [InlineData("arn:aws:kms:us-east-1:444455556666:key/6f7e3c1a-0d7b-4f0e-9d4f-2f3f6a1b2c3d", Key, false)]
    [InlineData("logs", "logs-of-others", false)]
    [InlineData("logs", "logs", true)]
    [InlineData("arn:aws:logs:us-east-1:111122223333:log-group:/a/web", "arn:aws:logs:us-east-1:111122223333:log-group:/a/web:*", true)]
    [InlineData("/a/web", "arn:aws:logs:us-east-1:111122223333:log-group:/a/web:*", true)]
    [InlineData("web", "arn:aws:logs:us-east-1:111122223333:log-group:/a/web:*", false)]
    [InlineData("alias/x", "arn:aws:kms:us-east-1:111122223333:alias/x", true)]
    [InlineData("", "anything", true)]
    [InlineData("", "", false)]
    [InlineData("a", "", false)]
    public void A_list_names_a_resource_by_its_name_id_or_arn(string list, string value, bool isNamed) => Assert.Equal(
        isNamed,
        JmesPathExpression.Parse($"allows('{list}', '{value}')", PlaybookFunctions.Table).Evaluate(JsonElement.Parse("null")).GetBoolean());

    [Fact]
    public void Nothing_is_never_named() =>
        Assert.False(JmesPathExpression.Parse("allows(a, b)", PlaybookFunctions.Table).Evaluate(JsonElement.Parse("{}")).GetBoolean());
}
