using Moq;
using Remediator.Aws;
using Remediator.Aws.Models;
using Remediator.Aws.Sdk;

namespace Remediator.Tests.Aws;

public sealed class RememberingEndpointResolverTests
{
    [Fact]
    public void The_rules_are_asked_once_for_each_region_and_set_of_parameters()
    {
        var rules = Rules();
        var resolver = new RememberingEndpointResolver(rules.Object);

        Assert.Equal("one.us-east-1", resolver.Resolve(Of("us-east-1", "one")).Url.Host);
        Assert.Equal("one.us-east-1", resolver.Resolve(Of("us-east-1", "one")).Url.Host);
        Assert.Equal("two.us-east-1", resolver.Resolve(Of("us-east-1", "two")).Url.Host);
        Assert.Equal("one.eu-west-1", resolver.Resolve(Of("eu-west-1", "one")).Url.Host);

        rules.Verify(r => r.Resolve(It.IsAny<EndpointRequest>()), Times.Exactly(3));
    }

    [Fact]
    public void Resource_name_cannot_imitate_two_parameters()
    {
        var rules = Rules();
        var resolver = new RememberingEndpointResolver(rules.Object);
        var two = Of("us-east-1", "one") with { Parameters = new Dictionary<string, object> { ["Bucket"] = "one", ["Key"] = "two" } };

        resolver.Resolve(two);
        foreach (var between in new[] { "", "\n", "3:", "\nKey=", "Key=3:" })
        {
            resolver.Resolve(Of("us-east-1", $"one{between}Key=3:two"));
            resolver.Resolve(Of("us-east-1", $"one{between}Key=two"));
        }

        rules.Verify(r => r.Resolve(It.IsAny<EndpointRequest>()), Times.Exactly(11));
    }

    [Fact]
    public void Cache_of_endpoints_is_limited_for_very_many_buckets()
    {
        var rules = Rules();
        var resolver = new RememberingEndpointResolver(rules.Object);
        resolver.Resolve(Of("us-east-1", "first"));
        foreach (var i in Enumerable.Range(0, 1000))
        {
            resolver.Resolve(Of("us-east-1", $"bucket-{i}"));
        }

        resolver.Resolve(Of("us-east-1", "first"));

        rules.Verify(r => r.Resolve(It.IsAny<EndpointRequest>()), Times.Exactly(1002));
    }

    private static EndpointRequest Of(string region, string bucket) =>
        new(ModelCatalog.Service("s3")!, region, new Dictionary<string, object> { ["Bucket"] = bucket });

    private static Mock<IEndpointResolver> Rules()
    {
        var rules = new Mock<IEndpointResolver>();
        rules.Setup(r => r.Resolve(It.IsAny<EndpointRequest>())).Returns((EndpointRequest request) =>
        {
            var host = string.Concat($"{request.Parameters["Bucket"]}".Where(c => char.IsAsciiLetterOrDigit(c) || c is '-'));
            return new(new Uri($"https://{host}.{request.Region}"), request.Region, "s3");
        });
        return rules;
    }
}
