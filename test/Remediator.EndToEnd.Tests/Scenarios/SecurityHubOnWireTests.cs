using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws;
using Remediator.EndToEnd.Tests.Faults;
using Remediator.EndToEnd.Tests.Publishing;
using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Scenarios;

/// <summary>Security Hub in the account of the resource, asked and told by the published function where the policy says so.</summary>
[Collection(InTheWorld.Name)]
[Trait("Category", "Emulator")]
public sealed class SecurityHubOnWireTests(World world) : IAsyncLifetime
{
    private const string Product = "arn:aws:securityhub:us-east-1::product/aws/config";
    private const int MoreThanAPage = 150;

    private readonly CancellationToken _ct = CancellationToken.None;
    private DeployedService _service = null!;
    private CaseOnWire _case = null!;
    private string _drifted = "";

    private IAws Aws => world.Accounts.For(_case.Change.Resource.Account, TemplateDeployer.Region);

    public async Task InitializeAsync()
    {
        _service = await DeployedService.StartAsync(world, await PublishedFunction.NativeAsync(), _ct);
        _case = await CaseOnWire.OfAsync(world, "s3/bucket-public-access-block", _ct);
        _drifted = await _case.ReadAsync(_ct);
        await _service.UsePolicyAsync(
            _case.Policy.Replace("defaults: {", "defaults: {security-hub: true, ", StringComparison.Ordinal), _ct);
    }

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task Suppressed_finding_leaves_resource_journal_and_finding_as_they_are()
    {
        await FindAsync("SUPPRESSED");

        var ended = await DeliverAsync();

        Assert.Equal(("skipped", "suppressed in Security Hub: finding"), (ended.Outcome, ended.Why));
        Assert.Equal(_drifted, await _case.ReadAsync(_ct));
        Assert.Null(await _service.Table.IncidentAsync(_ct));
        Assert.DoesNotContain(_service.Proxy.All, c => FakeCall.IsMutating(c.Operation));
        Assert.Equal("", await NoteAsync("finding"));
    }

    [Fact]
    public async Task Open_finding_is_fixed_and_told_of_the_fix_and_of_its_undo_among_many_of_the_rule()
    {
        await FindAsync("NEW");

        var ended = await DeliverAsync();

        Assert.Equal("fixed", ended.Outcome);
        Assert.True(await _case.IsRightAsync(_ct));
        var note = await NoteAsync("finding");
        Assert.StartsWith("Remediator changed ", note, StringComparison.Ordinal);
        Assert.EndsWith($"To undo: remediator undo {ended.Incident}.", note, StringComparison.Ordinal);
        Assert.Equal(2, Asked("securityhub:GetFindings"));
        Assert.Equal("", await NoteAsync("other-0"));

        await _service.OperateAsync(new(OperatorVerb.Undo, ended.Incident!, "alice", null, false), _ct);

        Assert.StartsWith("Remediator put back what it had changed", await NoteAsync("finding"), StringComparison.Ordinal);
        Assert.Equal(_drifted, await _case.ReadAsync(_ct));
        Assert.Empty(await _service.Notices.ReceiveAsync(_ct));
    }

    /// <summary>AWS Config names a user by a unique id, Security Hub by the ARN, which has the path and the name.</summary>
    [Fact]
    public async Task Suppressed_finding_of_a_user_is_found_by_the_ARN_that_Config_recorded()
    {
        _case = await CaseOnWire.OfAsync(world, "iam/user-group", _ct);
        var user = _case.Change.Resource;
        var arn = $"arn:aws:iam::{user.Account}:user/team/kim";
        await world.Emulator.Layer.PutItemAsync(
            user.Account,
            TemplateDeployer.Region,
            new JsonObject
            {
                ["resourceType"] = user.Type,
                ["resourceId"] = user.Id,
                ["arn"] = arn,
                ["configurationItemStatus"] = "OK",
                ["configurationItemCaptureTime"] = "2026-11-20T00:00:00Z",
            },
            _ct);
        await FindAsync("SUPPRESSED", of: arn);

        var ended = await DeliverAsync();

        Assert.DoesNotContain("kim", user.Id, StringComparison.Ordinal);
        Assert.Equal(("skipped", "suppressed in Security Hub: finding"), (ended.Outcome, ended.Why));
        Assert.Equal(1, Asked("config:BatchGetResourceConfig"));
        Assert.Equal(1, Asked("securityhub:GetFindings"));
    }

    [Fact]
    public async Task Where_Security_Hub_is_off_the_fix_is_made_and_nobody_is_told()
    {
        var ended = await DeliverAsync();

        Assert.Equal("fixed", ended.Outcome);
        Assert.Equal(2, Asked("securityhub:GetFindings"));
        Assert.Equal(0, Asked("securityhub:BatchUpdateFindings"));
        Assert.Empty(await _service.Notices.ReceiveAsync(_ct));
    }

    [Fact]
    public async Task Throttled_question_waits_and_is_asked_again_by_the_sweep()
    {
        await FindAsync("NEW");
        _service.Proxy.Faults.Inject("securityhub:GetFindings", FaultKind.Throttle, int.MaxValue);

        var ended = await DeliverAsync();

        Assert.Equal(_drifted, await _case.ReadAsync(_ct));
        Assert.NotEqual("fixed", ended.Outcome);
        Assert.Empty(await _service.Notices.ReceiveAsync(_ct));
        _service.Proxy.Faults.Clear();
        if (ended.IsHandedBack)
        {
            await DeliverAsync();
        }

        await _service.Table.AgeAsync(TimeSpan.FromHours(1), _ct);
        await _service.SweepAsync(_ct);
        Assert.True(await _case.IsRightAsync(_ct));
        Assert.StartsWith("Remediator changed ", await NoteAsync("finding"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Question_that_is_denied_changes_nothing_and_calls_a_person()
    {
        await FindAsync("NEW");
        _service.Proxy.Faults.Inject("securityhub:GetFindings", FaultKind.Deny, int.MaxValue);

        Assert.Equal("escalated", (await DeliverAsync()).Outcome);

        Assert.Equal(_drifted, await _case.ReadAsync(_ct));
        Assert.Equal(Reason.NotPermitted, (await _service.Table.IncidentAsync(_ct))!.Reason);
        Assert.Single(await _service.Notices.ReceiveAsync(_ct));
    }

    [Fact]
    public async Task Note_that_is_denied_leaves_the_fix_and_is_told_once()
    {
        await FindAsync("NEW");
        _service.Proxy.Faults.Inject("securityhub:BatchUpdateFindings", FaultKind.Deny, int.MaxValue);

        var ended = await DeliverAsync();
        await _service.OperateAsync(new(OperatorVerb.Undo, ended.Incident!, "alice", null, false), _ct);

        Assert.Equal("fixed", ended.Outcome);
        Assert.Equal(_drifted, await _case.ReadAsync(_ct));
        Assert.Equal("", await NoteAsync("finding"));
        Assert.Equal("finding_notes_fail", Assert.Single(await _service.Notices.ReceiveAsync(_ct)).TextOf("eventType"));
    }

    [Theory]
    [InlineData("ConcurrentUpdateError", true)]
    [InlineData("FindingNotFound", false)]
    public async Task Finding_that_is_not_updated_although_the_request_succeeds_is_noticed(string code, bool isTriedAgain)
    {
        await FindAsync("NEW", code);

        var ended = await DeliverAsync();

        Assert.Equal("fixed", ended.Outcome);
        Assert.Equal(isTriedAgain, (await NoteAsync("finding")).Length > 0);
        Assert.Equal(isTriedAgain ? 0 : 1, (await _service.Notices.ReceiveAsync(_ct)).Count);
    }

    private async Task<Ended> DeliverAsync() => (await _service.DeliverAsync([_case.Event], _ct))[0];

    private int Asked(string operation) => _service.Proxy.All.Count(c => c.Operation == operation);

    /// <summary>Security Hub is on, and has the finding of the resource behind those that the rule made of others.</summary>
    private Task<string> FindAsync(string status, string? unprocessed = null, string? of = null) => world.Emulator.Layer.TellAsync(
        "findings",
        _case.Change.Resource.Account,
        TemplateDeployer.Region,
        new JsonObject
        {
            ["findings"] = new JsonArray(
            [
                .. Enumerable.Range(0, MoreThanAPage).Select(i => Finding($"other-{i}", $"arn:aws:s3:::other-{i}", "NEW")),
                Finding("finding", of ?? $"arn:aws:s3:::{_case.Change.Resource.Id}", status),
            ]),
            ["unprocessed"] = unprocessed is null ? [] : new JsonArray(unprocessed),
        },
        _ct);

    private JsonObject Finding(string id, string arn, string status) => new()
    {
        ["Id"] = id,
        ["ProductArn"] = Product,
        ["Workflow"] = new JsonObject { ["Status"] = status },
        ["Resources"] = new JsonArray(new JsonObject { ["Type"] = "Other", ["Id"] = arn }),
        ["ProductFields"] = new JsonObject { ["aws/config/ConfigRuleArn"] = _case.Change.Rule.Arn },
    };

    /// <summary>The note on a finding; empty for none.</summary>
    private async Task<string> NoteAsync(string id)
    {
        var answer = await Aws.CallAsync(
            "securityhub:GetFindings", Json.Parse($$$"""{"Filters":{"Id":[{"Value":"{{{id}}}","Comparison":"EQUALS"}]}}"""), _ct);
        return Assert.Single(answer.Member("Findings").EnumerateArray()).Member("Note").TextOf("Text") ?? "";
    }
}
