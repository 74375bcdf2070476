using Remediator.Aws.Endpoints;

namespace Remediator.Tests.Aws.Endpoints;

public sealed class EndpointResolverTests
{
    [Theory]
    [InlineData("s3control", "s3")]
    [InlineData("ecr", "ecr")]
    [InlineData("sesv2", "ses")]
    [InlineData("efs", "elasticfilesystem")]
    [InlineData("stepfunctions", "states")]
    [InlineData("kms", "kms")]
    public void Where_the_rules_name_no_scope_the_service_signs_by_its_own_name_in_the_region(string service, string signingName)
    {
        var parameters = new EndpointParameters { ["Region"] = "eu-west-1", ["AccountId"] = "123456789012" };

        var endpoint = EndpointResolver.Resolve(service, parameters);

        Assert.Equal((signingName, "eu-west-1"), (endpoint.SigningName, endpoint.SigningRegion));
    }

    [Fact]
    public void Where_the_rules_name_only_the_region_the_service_signs_by_its_own_name_there()
    {
        var endpoint = EndpointResolver.Resolve("iam", new EndpointParameters { ["Region"] = "ap-south-1" });

        Assert.Equal("https://iam.amazonaws.com", endpoint.Url);
        Assert.Equal(("sigv4", "iam", "us-east-1"), (endpoint.AuthScheme, endpoint.SigningName, endpoint.SigningRegion));
    }

    [Theory]
    [InlineData("aws-global", "us-east-1")]
    [InlineData("aws-cn-global", "cn-northwest-1")]
    [InlineData("aws-us-gov-global", "us-gov-west-1")]
    public void A_name_for_a_whole_partition_signs_in_its_global_region(string region, string signingRegion) =>
        Assert.Equal(signingRegion, EndpointResolver.Resolve("ec2", new EndpointParameters { ["Region"] = region }).SigningRegion);

    [Fact]
    public void A_custom_endpoint_signs_as_the_service_does_without_one()
    {
        var parameters = new EndpointParameters { ["Region"] = "eu-west-1", ["Endpoint"] = "http://localhost:4566" };

        var endpoint = EndpointResolver.Resolve("sqs", parameters);

        Assert.Equal(("http://localhost:4566", "sqs", "eu-west-1"), (endpoint.Url, endpoint.SigningName, endpoint.SigningRegion));
        Assert.Null(endpoint.AuthScheme);
        Assert.False(endpoint.DisableDoubleEncoding);
        Assert.Empty(endpoint.Headers);
    }

    [Fact]
    public void Without_a_region_a_custom_endpoint_has_no_signing_region() =>
        Assert.Equal("", EndpointResolver.Resolve("sqs", new EndpointParameters { ["Endpoint"] = "http://localhost:4566" }).SigningRegion);

    [Fact]
    public void Of_two_ways_to_sign_the_one_that_needs_no_native_library_is_taken()
    {
        var endpoint = EndpointResolver.Resolve("s3", new EndpointParameters
        {
            ["Region"] = "us-west-2",
            ["Bucket"] = "arn:aws:s3-outposts:us-west-2:123456789012:outpost:op-01234567890123456:accesspoint:mine",
        });

        Assert.Equal(("sigv4", "s3-outposts", "us-west-2"), (endpoint.AuthScheme, endpoint.SigningName, endpoint.SigningRegion));
        Assert.True(endpoint.DisableDoubleEncoding);
    }

    [Fact]
    public void A_single_way_to_sign_is_named_even_where_it_is_not_the_usual_one()
    {
        var endpoint = EndpointResolver.Resolve("events", new EndpointParameters { ["Region"] = "us-east-1", ["EndpointId"] = "abc.def" });

        Assert.Equal(("sigv4a", "events", "*"), (endpoint.AuthScheme, endpoint.SigningName, endpoint.SigningRegion));
    }

    [Fact]
    public void Headers_of_the_rules_are_handed_on_by_names_without_case()
    {
        var endpoint = EndpointResolver.Resolve("s3control", new EndpointParameters
        {
            ["Region"] = "us-west-2",
            ["Bucket"] = "arn:aws:s3-outposts:us-west-2:123456789012:outpost:op-01234567890123456:bucket:mine",
        });

        Assert.Equal(["123456789012"], endpoint.Headers["X-Amz-Account-Id"]);
    }

    [Theory]
    [InlineData("evil.example/")]
    [InlineData("evil.example#")]
    [InlineData("us-east-1.evil.example")]
    [InlineData("us east 1")]
    [InlineData("")]
    [InlineData("-")]
    public void A_region_that_is_no_name_never_becomes_part_of_a_host(string region)
    {
        var parameters = new EndpointParameters { ["Region"] = region };

        var fault = Assert.Throws<AwsEndpointException>(() => EndpointResolver.Resolve("ec2", parameters));

        Assert.Contains("Invalid region", fault.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost:4566")]
    [InlineData("https://example.com?x=1")]
    [InlineData("file:///etc/passwd")]
    [InlineData("")]
    public void A_custom_endpoint_that_is_no_plain_url_is_refused(string endpoint) => Assert.Throws<AwsEndpointException>(() =>
        EndpointResolver.Resolve("ec2", new EndpointParameters { ["Region"] = "us-east-1", ["Endpoint"] = endpoint }));

    [Theory]
    [InlineData("nothing")]
    [InlineData("")]
    [InlineData("S3")]
    [InlineData("../partitions")]
    public void Service_without_included_rules_is_an_error_that_names_it(string service)
    {
        var parameters = new EndpointParameters { ["Region"] = "us-east-1" };

        var fault = Assert.Throws<AwsEndpointException>(() => EndpointResolver.Resolve(service, parameters));

        Assert.Equal(service, fault.Service);
        Assert.False(EndpointResolver.Carries(service));
    }

    [Fact]
    public void Removed_value_is_not_set()
    {
        var parameters = new EndpointParameters { ["Region"] = "eu-west-1", ["Endpoint"] = "http://localhost" };

        parameters["Endpoint"] = (string?)null;

        Assert.Equal("https://ec2.eu-west-1.amazonaws.com", EndpointResolver.Resolve("ec2", parameters).Url);
    }

    [Fact]
    public void Every_included_service_can_be_loaded_and_has_an_endpoint_in_the_usual_partitions()
    {
        Assert.True(CarriedServices.Names.Length > 150);
        string[] regions = ["us-east-1", "cn-north-1", "us-gov-west-1"];
        foreach (var (service, region) in CarriedServices.Names.SelectMany(_ => regions, ValueTuple.Create))
        {
            var parameters = new EndpointParameters { ["Region"] = region, ["AccountId"] = "123456789012" };

            var endpoint = EndpointResolver.Resolve(service, parameters);

            Assert.StartsWith("https://", endpoint.Url, StringComparison.Ordinal);
            Assert.EndsWith(region == "cn-north-1" ? ".cn" : "", new Uri(endpoint.Url).Host, StringComparison.Ordinal);
        }
    }
}
