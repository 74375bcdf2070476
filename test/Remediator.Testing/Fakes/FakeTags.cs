using System.Collections.Immutable;
using Remediator.Aws;
using Remediator.Values;

namespace Remediator.Testing.Fakes;

/// <summary>The service's own interface to EC2's tags, over the fake.</summary>
internal sealed class FakeTags(FakeAws aws) : IEc2
{
    public async Task<ImmutableDictionary<string, string>> TagsAsync(string account, string region, string resourceId, CancellationToken ct)
    {
        var input = Some.Json($$"""{"Filters":[{"Name":"resource-id","Values":["{{resourceId}}"]}]}""");
        await aws.For(account, region).CallAsync("ec2:DescribeTags", input, ct);
        return aws.Ec2.TagsOf(resourceId).ToImmutableDictionary();
    }
}
