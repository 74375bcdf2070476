using Remediator.Aws.Models;
using Remediator.Change;
using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Change;

public sealed class BucketOwnerTests
{
    [Fact]
    public async Task Bucket_that_another_account_has_by_now_is_not_changed_even_where_that_account_allows_it()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("{defaults: {mode: auto}}");
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        host.Fake.S3.Owners[bucket.Id] = "999999999999";

        var ended = await host.SendAsync(change);

        AssertOutcome("escalated", ended);
        Assert.Equal(Reason.NotPermitted, (await host.IncidentOf(ended)).Reason);
        Assert.Empty(host.Changes());
    }

    [Theory]
    [InlineData("some-bucket", "some-bucket", true)]
    [InlineData("arn:aws:s3:::some-bucket", "some-bucket", true)]
    [InlineData("some-bucket", "another", false)]
    [InlineData("arn:aws:s3:::not-some-bucket", "some-bucket", false)]
    public void Bucket_of_the_event_is_the_accounts_and_others_may_be_anybodys(string id, string bucket, bool isExpected)
    {
        var sent = BucketOwner.Expected(
            Some.Bucket(id), "s3:GetBucketPolicy", Json.Object([KeyValuePair.Create("Bucket", Json.Text(bucket))]));

        Assert.Equal(isExpected ? Some.Bucket().Account : null, sent.TextOf(BucketOwner.Member));
    }

    [Fact]
    public void Every_call_of_S3_can_say_whose_the_bucket_has_to_be_or_is_about_none_that_is_there()
    {
        var library = new PlaybookLibrary(Repository.At("playbooks"));
        var operations = library.Names().Select(library.Load).SelectMany(p => CallSite.Of(p)).Select(site => site.Call.Operation)
            .Where(o => o.StartsWith("s3:", StringComparison.Ordinal)).Distinct().ToList();

        Assert.InRange(operations.Count, 20, 100);
        Assert.All(operations, o => Assert.NotEqual(
            BucketOwner.Without.Contains(o), ModelCatalog.Find(o)!.Input!.Members.ContainsKey(BucketOwner.Member)));
    }
}
