using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.SQS.Model;
using Remediator.Decide;
using Remediator.Emulator;
using Remediator.EndToEnd.Tests.Faults;
using Remediator.EndToEnd.Tests.Publishing;
using Remediator.EndToEnd.Tests.Scenarios;
using Remediator.Incidents;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Cli;

/// <summary>
/// <c>remediator rollback TYPE ID --to TIME</c> of a person who is signed in to a role, through the URL of the published Operate function,
/// under a policy that only looks.
/// </summary>
[Collection(InTheWorld.Name)]
[Trait("Category", "Emulator")]
public sealed class RollbackThroughOperateTests(World world) : IAsyncLifetime
{
    private readonly CancellationToken _ct = CancellationToken.None;
    private DeployedService _service = null!;

    public async Task InitializeAsync()
    {
        _service = await DeployedService.StartAsync(world, await PublishedFunction.NativeAsync(), _ct);
        await _service.UsePolicyAsync(RollbackOnWire.Observing, _ct);
    }

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Theory]
    [InlineData(RollbackOnWire.OfList, "ec2:RevokeSecurityGroupIngress")]
    [InlineData(RollbackOnWire.OfValue, "s3:PutPublicAccessBlock")]
    public async Task Only_what_drifted_goes_back_in_the_name_of_the_person_and_an_undo_brings_it_again(string drift, string change)
    {
        var drifted = await RollbackOnWire.OfAsync(world, drift, _ct);
        await drifted.ChangeLaterAsync(_ct);
        var before = await drifted.ReadAsync(_ct);
        await using var anna = await SignInAsync("PlatformOncall", "anna");
        _service.Proxy.Evaluations.Say(drifted.Change.Rule.Name, drifted.Change.Resource, "NON_COMPLIANT", DateTimeOffset.UtcNow);

        var dry = await anna.RunAsync([.. Rollback(drifted), "--dry-run"]);

        Assert.Equal("observed", Read(dry).TextOf("outcome"));
        Assert.Equal(change, Read(dry).Member("calls")[0].TextOf("operation"));
        AssertNoTrace();

        var done = Read(await anna.RunAsync([.. Rollback(drifted), "--why", "agreed with team web"]));

        Assert.Equal("fixed", done.TextOf("outcome"));
        AssertSame(drifted.RightWithLaterChange, await drifted.ReadAsync(_ct));
        Assert.Equal([change], Changes());
        Assert.True(IsReadAfter(change));
        var incident = (await _service.Table.IncidentAsync(_ct))!;
        Assert.Equal(incident.Id, done.TextOf("incident"));
        Assert.Contains(incident.Entries, e => e.What.StartsWith("rollback to ", StringComparison.Ordinal) && e.What.EndsWith(
            $"verified as PlatformOncall/anna of {TemplateDeployer.Account}: agreed with team web", StringComparison.Ordinal));
        Assert.Contains(_service.Proxy.All, c => c.Operation is "sts:AssumeRole" && Text(c).Contains(
            "SourceIdentity=PlatformOncall%3Danna", StringComparison.Ordinal));

        var undone = Read(await anna.RunAsync("undo", incident.Id, "--json"));

        Assert.Equal("undone", undone.TextOf("outcome"));
        AssertSame(before, await drifted.ReadAsync(_ct));
        Assert.Equal(IncidentState.Held, (await _service.Table.IncidentAsync(_ct))!.State);
        Assert.Empty(await _service.Notices.ReceiveAsync(_ct));
    }

    [Fact]
    public async Task Whoever_the_policy_does_not_name_is_refused_and_nothing_happens()
    {
        var drifted = await RollbackOnWire.OfAsync(world, RollbackOnWire.OfList, _ct);
        var before = await drifted.ReadAsync(_ct);
        await using var ben = await SignInAsync("ReadOnly", "ben");

        var refused = await ben.RunAsync([.. Rollback(drifted), "--rule", drifted.Change.Rule.Name, "--by", "anna"]);

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Equal("refused", Read(refused).TextOf("outcome"));
        Assert.StartsWith(
            $"ReadOnly/ben of {TemplateDeployer.Account} may not order this.", Read(refused).TextOf("reason"), StringComparison.Ordinal);
        Assert.Equal(before, await drifted.ReadAsync(_ct));
        AssertNoTrace();
    }

    [Fact]
    public async Task Change_that_AWS_only_says_it_made_is_not_called_done()
    {
        var drifted = await RollbackOnWire.OfAsync(world, RollbackOnWire.OfList, _ct);
        _service.Proxy.Faults.Inject("ec2:RevokeSecurityGroupIngress", FaultKind.DoNothing, int.MaxValue);

        var answer = await drifted.OrderAsync(_service, _ct);

        Assert.Equal("escalated", answer.TextOf("outcome"));
        Assert.Equal(Reason.NotVerified, (await _service.Table.IncidentAsync(_ct))!.Reason);
        Assert.Single(await _service.Notices.ReceiveAsync(_ct));
    }

    [Theory]
    [InlineData("ec2:DescribeSecurityGroupRules")]
    [InlineData("ec2:RevokeSecurityGroupIngress")]
    public async Task Killed_in_the_middle_it_is_handed_over_by_the_sweep_to_a_worker_that_finishes_it(string killedAfter)
    {
        _service.QueueUrl = (await world.Sqs.CreateQueueAsync($"compliance-{Guid.NewGuid():N}", _ct)).QueueUrl;
        var drifted = await RollbackOnWire.OfAsync(world, RollbackOnWire.OfList, _ct);
        await drifted.ChangeLaterAsync(_ct);
        _service.Proxy.Crash.ArrangeAfter(killedAfter, () => _service.Process("operate").CrashAsync());

        await Assert.ThrowsAsync<EmulatorException>(() => drifted.OrderAsync(_service, _ct));
        await _service.RestartAsync();
        await _service.Table.AgeAsync(TimeSpan.FromMinutes(6), _ct);
        await _service.SweepAsync(_ct);
        foreach (var message in await HandedOverAsync())
        {
            await _service.DeliverAsync([message], _ct);
        }

        var incident = (await _service.Table.IncidentAsync(_ct))!;
        Assert.Equal(IncidentState.Fixed, incident.State);
        Assert.Null(incident.Origin.Asked);
        AssertSame(drifted.RightWithLaterChange, await drifted.ReadAsync(_ct));
        Assert.Equal(["ec2:RevokeSecurityGroupIngress"], Changes());
    }

    private Task<OnCall> SignInAsync(string role, string session) => OnCall.SignInAsync(world, _service, role, session, _ct);

    private static string[] Rollback(RollbackOnWire drifted) =>
    [
        "rollback", drifted.Change.Resource.Type, drifted.Change.Resource.Id, "--account", drifted.Change.Resource.Account,
        "--to", drifted.RightAt.ToString("o", CultureInfo.InvariantCulture), "--json",
    ];

    private async Task<IReadOnlyList<string>> HandedOverAsync()
    {
        var messages = await world.Sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest(_service.QueueUrl) { MaxNumberOfMessages = 10 }, _ct);
        return [.. (messages.Messages ?? []).Select(m => m.Body)];
    }

    /// <summary>What was asked of AWS that changes something, apart from the service's own records.</summary>
    private string[] Changes() => [.. _service.Proxy.All.Select(c => c.Operation)
        .Where(o => FakeCall.IsMutating(o) && !o.StartsWith("sqs:", StringComparison.Ordinal))];

    private void AssertNoTrace()
    {
        Assert.Empty(Changes());
        Assert.DoesNotContain(_service.Proxy.All, c => c.Operation is "dynamodb:TransactWriteItems" or "dynamodb:PutItem" or "sns:Publish");
    }

    private bool IsReadAfter(string change) => _service.Proxy.All.SkipWhile(c => c.Operation != change).Skip(1)
        .Any(c => c.Operation is "ec2:DescribeSecurityGroupRules" or "s3:GetPublicAccessBlock");

    private static JsonElement Read(Ran ran) =>
        ran.Out.Length > 0 ? ran.Json : throw new InvalidOperationException($"Exit {ran.ExitCode}: {ran.Error}");

    private static string Text(WireCall call) => Encoding.UTF8.GetString(call.Body);

    private static void AssertSame(string expected, string actual) =>
        Assert.True(StateComparer.Exact.Same(Json.Parse(expected), Json.Parse(actual)), $"expected {expected}\nactual   {actual}");
}
