using System.Text.Json;
using Remediator.Authoring.Checks;
using Remediator.Aws;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Playbooks;

public sealed class StandInTests
{
    private static readonly PlaybookCase Case = PlaybookCases.Load("elasticache/cluster-backup");

    private readonly IAws _aws = new StandInAccounts(new NoAccounts(), Case.StandIn!).For("111122223333", "us-east-1");

    [Fact]
    public async Task What_was_written_is_read_back()
    {
        await _aws.CallAsync(
            "elasticache:ModifyCacheCluster", Json.Parse("""{"CacheClusterId":"sessions","SnapshotRetentionLimit":9}"""), CancellationToken.None);

        var read = await _aws.CallAsync("elasticache:DescribeCacheClusters", Json.EmptyObject, CancellationToken.None);

        Assert.Equal(9, read.GetProperty("CacheClusters")[0].GetProperty("SnapshotRetentionLimit").GetInt32());
    }

    [Theory]
    [InlineData("""{"SnapshotRetentionLimit":9}""")]
    [InlineData("""{"CacheClusterId":"sessions","SnapshotRetentionLimit":"9"}""")]
    [InlineData("""{"CacheClusterId":"sessions","SnapshotRetention":9}""")]
    public async Task An_input_that_does_not_fit_the_model_is_refused(string input) => await Assert.ThrowsAsync<AwsInputException>(
        () => _aws.CallAsync("elasticache:ModifyCacheCluster", Json.Parse(input), CancellationToken.None));

    [Theory]
    [InlineData("sagemaker:UpdateImage", """{"ImageName":"python","Description":""}""")]
    [InlineData("sagemaker:UpdateImage", """{"ImageName":"python","DeleteProperties":["Description","DisplayName","Description"]}""")]
    public async Task An_input_that_is_shorter_or_longer_than_the_model_says_is_refused(string operation, string input)
    {
        var image = PlaybookCases.Load("sagemaker/image-description").StandIn!;
        var aws = new StandInAccounts(new NoAccounts(), image).For("111122223333", "us-east-1");

        await Assert.ThrowsAsync<AwsInputException>(() => aws.CallAsync(operation, Json.Parse(input), CancellationToken.None));
    }

    [Fact]
    public void Nothing_is_stood_in_for_that_no_playbook_or_check_calls()
    {
        var library = new PlaybookLibrary(PlaybookCases.PlaybookFolder);
        var idle =
            from @case in PlaybookCases.Names.Select(PlaybookCases.Load)
            let standIn = @case.StandIn
            where standIn is not null
            let called =
                CallSite.Of(library.Load(@case.Playbook)).Select(s => s.Call.Operation).Concat(@case.Calls.Select(c => c.Operation))
            from operation in standIn.Calls.Keys.Except(called)
            select $"{@case.Name}: {operation}";

        Assert.Empty(idle);
    }

    private sealed class NoAccounts : IAwsAccounts
    {
        public IAws For(string account, string region) => new NoAws();
    }

    private sealed class NoAws : IAws
    {
        public Task<JsonElement> CallAsync(string operation, JsonElement input, CancellationToken ct) =>
            throw new InvalidOperationException($"{operation} is not stood in for.");

        public IAsyncEnumerable<JsonElement> PagesAsync(string operation, JsonElement input, CancellationToken ct) =>
            throw new InvalidOperationException($"{operation} is not stood in for.");
    }
}
