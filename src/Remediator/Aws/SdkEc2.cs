using System.Collections.Immutable;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Remediator.Aws;
using Remediator.Incidents;

namespace Remediator.Aws;

/// <summary>EC2 through its official package.</summary>
internal sealed class SdkEc2(Func<string, string, IAmazonEC2> clients) : IEc2
{
    public async Task<ImmutableDictionary<string, string>> TagsAsync(string account, string region, string resourceId, CancellationToken ct)
    {
        var request = new DescribeTagsRequest([new Filter("resource-id", [resourceId])]);
        try
        {
            var tags = ImmutableDictionary.CreateBuilder<string, string>();
            await foreach (var tag in clients(account, region).Paginators.DescribeTags(request).Tags.WithCancellation(ct))
            {
                tags[tag.Key] = tag.Value;
            }

            return tags.ToImmutable();
        }
        catch (AmazonServiceException e)
        {
            throw new AwsException("ec2:DescribeTags", e.ErrorCode ?? "Unknown", (int)e.StatusCode, e.RequestId ?? "", e.Message, e);
        }
    }
}
