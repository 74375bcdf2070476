using System.Text.Json;

namespace Remediator.EndToEnd.Tests.Template;

/// <summary>Who may use the key that seals the journal: the functions, and the principals that the deployment names.</summary>
public sealed class JournalKeyTemplateTests(TransformedTemplate template) : IClassFixture<TransformedTemplate>
{
    [Fact]
    public void Only_the_functions_and_named_people_may_use_the_key()
    {
        var users = Statements().Where(s => Actions(s).Any(a => a is "kms:GenerateMac" or "kms:*" or "kms:Generate*" or "*"));

        Assert.Equal(["FunctionsSeal", "OperatorsSeal"], users.Select(s => s.GetProperty("Sid").GetString()));
        var functions = Statements().First().GetProperty("Principal").GetProperty("AWS").EnumerateArray();
        Assert.Equal(["RemediateRole", "SweepRole", "OperateRole"], functions.Select(f => f.GetProperty("Fn::GetAtt")[0].GetString()));
    }

    [Fact]
    public void The_key_makes_codes_and_outlives_the_stack()
    {
        var key = template.Properties("JournalKey");

        Assert.Equal(
            ("HMAC_256", "GENERATE_VERIFY_MAC"), (key.GetProperty("KeySpec").GetString(), key.GetProperty("KeyUsage").GetString()));
        Assert.Equal("Retain", template.Resources.GetProperty("JournalKey").GetProperty("DeletionPolicy").GetString());
    }

    private IEnumerable<JsonElement> Statements() => template.Properties("JournalKey").GetProperty("KeyPolicy").GetProperty("Statement")
        .EnumerateArray()
        .Select(s => s.TryGetProperty("Fn::If", out var choice) ? choice[1] : s);

    private static IEnumerable<string?> Actions(JsonElement statement) =>
        statement.GetProperty("Action") is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Select(a => a.GetString())
            : [statement.GetProperty("Action").GetString()];
}
