using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>What has no way back says so, and an undo of it changes nothing.</summary>
public sealed class FinalTests : IDisposable
{
    private const string Delete = "iam:DeleteLoginProfile";
    private readonly InMemoryHost host = new();
    private bool hasPassword = true;

    public void Dispose() => host.DisposeAsync().AsTask().GetAwaiter().GetResult();

    [Fact]
    public async Task Undo_is_refused_in_the_words_of_the_playbook()
    {
        var incident = await FixedAsync();

        var ended = await host.UndoAsync(incident);

        Steps.AssertOutcome("escalated", ended);
        Assert.Contains("The password cannot be read, and so is not brought back.", ended.Why, StringComparison.Ordinal);
        Assert.Equal([Delete], host.Changes());
    }

    [Fact]
    public async Task Nothing_is_refused_where_a_person_brought_it_back()
    {
        var incident = await FixedAsync();
        hasPassword = true;

        Steps.AssertOutcome("undone", await host.UndoAsync(incident));

        Assert.Equal([Delete], host.Changes());
    }

    private async Task<string> FixedAsync()
    {
        await host.UsePolicyAsync("defaults: {mode: auto, auto-up-to: [none, irreversible], owner: platform}");
        host.Fake.On("iam:ListUsers", """{"Users":[{"UserId":"AIDAANNA","UserName":"anna"}]}""");
        host.Fake.On("iam:ListMFADevices", """{"MFADevices":[]}""");
        host.Fake.On("iam:GetLoginProfile", _ => hasPassword
            ? Json.Parse("""{"LoginProfile":{"UserName":"anna","CreateDate":"2026-01-01T00:00:00Z"}}""")
            : throw FakeAws.Error("iam:GetLoginProfile", "NoSuchEntity", 404));
        host.Fake.On(Delete, _ =>
        {
            hasPassword = false;
            return Json.EmptyObject;
        });
        var ended = await host.SendAsync(Some.Change(
            await host.RuleAsync("MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS"),
            new(FakeAws.Account, FakeAws.Region, "AWS::IAM::User", "AIDAANNA"),
            host.Now));
        Steps.AssertOutcome("fixed", ended);
        return ended.Incident!;
    }
}
