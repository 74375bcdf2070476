using System.Collections.Immutable;
using Remediator.Authoring.Checks;
using Remediator.Aws;
using Remediator.Emulator.Cases;
using Remediator.Playbooks;
using Remediator.Values;
using Xunit.Abstractions;

namespace Remediator.EndToEnd.Tests.Playbooks;

[Collection(OnTheEmulator.Name)]
[Trait("Category", "Emulator")]
public sealed class StandInTests(Emulated emulated, ITestOutputHelper output)
{
    private const int OverTheWire = 263;

    private static IEnumerable<PlaybookCase> Cases => PlaybookCases.Names.Select(PlaybookCases.Load).Where(c => c.StandIn is not null);

    /// <summary>The tests that run the cases assert that each operation is called through the layer.</summary>
    [Fact]
    public void Number_of_cases_with_a_stand_in_is_as_expected()
    {
        var operations = Cases.SelectMany(c => c.StandIn!.Calls.Keys).Distinct(StringComparer.Ordinal);
        output.WriteLine($"stand-ins over the wire: {Cases.Count()}, operations: {operations.Count()}");

        Assert.Equal(OverTheWire, Cases.Count());
    }

    [Fact]
    public async Task What_was_written_is_read_back_over_the_wire()
    {
        var aws = await AwsAsync("elasticache/cluster-backup");
        var nine = Json.Parse("""{"CacheClusterId":"sessions","SnapshotRetentionLimit":9}""");
        await aws.CallAsync("elasticache:ModifyCacheCluster", nine, CancellationToken.None);

        var read = await aws.CallAsync("elasticache:DescribeCacheClusters", Json.EmptyObject, CancellationToken.None);

        Assert.Equal(9, read.GetProperty("CacheClusters")[0].GetProperty("SnapshotRetentionLimit").GetInt32());
    }

    [Fact]
    public async Task An_operation_may_end_in_an_error_of_the_service()
    {
        var account = emulated.NewAccount();
        var error = Expression.Parse("input.ReplicationGroupId=='gone' && 'ReplicationGroupNotFoundFault' || `null`", new("test", 1, 1));
        var call = new StandInCall(null, null, error);
        var calls = ImmutableDictionary<string, StandInCall>.Empty.Add("elasticache:DescribeReplicationGroups", call);
        var standIn = new StandIn("for this test", Remediator.Playbooks.Template.Empty, calls);
        await emulated.StandIns.AddAsync(account, standIn);

        var refused = await Assert.ThrowsAsync<AwsException>(() => emulated.Accounts.For(account, "us-east-1")
            .CallAsync("elasticache:DescribeReplicationGroups", Json.Parse("""{"ReplicationGroupId":"gone"}"""), CancellationToken.None));

        Assert.Equal(("ReplicationGroupNotFoundFault", 400), (refused.Code, refused.Status));
    }

    [Theory]
    [InlineData("""{"ImageName":"python","Description":""}""")]
    [InlineData("""{"ImageName":"python","DeleteProperties":["Description","DisplayName","Description"]}""")]
    public async Task An_input_that_is_shorter_or_longer_than_the_model_says_is_refused(string input)
    {
        var aws = await AwsAsync("sagemaker/image-description");

        var refused = await Assert.ThrowsAsync<AwsException>(
            () => aws.CallAsync("sagemaker:UpdateImage", Json.Parse(input), CancellationToken.None));

        Assert.Equal("ValidationException", refused.Code);
    }

    [Fact]
    public void Stand_ins_have_only_operations_that_a_playbook_or_a_check_calls()
    {
        var library = new PlaybookLibrary(PlaybookCases.PlaybookFolder);
        // Cases with a common stand-in need not each call all of its operations.
        var idle =
            from sharing in Cases.GroupBy(
                c => string.Join(' ', c.StandIn!.Calls.Keys.Order(StringComparer.Ordinal)), StringComparer.Ordinal)
            let called = sharing.SelectMany(
                c => CallSite.Of(library.Load(c.Playbook)).Select(s => s.Call.Operation).Concat(c.Calls.Select(s => s.Operation)))
            from operation in sharing.First().StandIn!.Calls.Keys.Except(called, StringComparer.Ordinal)
            select $"{string.Join(", ", sharing.Select(c => c.Name))}: {operation}";

        Assert.Empty(idle);
    }

    private async Task<IAws> AwsAsync(string name)
    {
        var account = emulated.NewAccount();
        await emulated.StandIns.AddAsync(account, PlaybookCases.Load(name).StandIn!);
        return emulated.Accounts.For(account, "us-east-1");
    }
}
