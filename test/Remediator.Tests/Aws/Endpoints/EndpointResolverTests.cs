using FsCheck;
using FsCheck.Fluent;
using Remediator.Aws.Endpoints;

namespace Remediator.Tests.Aws.Endpoints;

public sealed class EndpointResolverTests
{
    private static readonly string[] Services =
    [
        .. typeof(EndpointResolver).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("endpoints/rules/", StringComparison.Ordinal))
            .Select(Path.GetFileNameWithoutExtension)!,
    ];

    [Theory]
    [InlineData("s3control", "s3")]
    [InlineData("ecr", "ecr")]
    [InlineData("sesv2", "ses")]
    [InlineData("efs", "elasticfilesystem")]
    [InlineData("stepfunctions", "states")]
    [InlineData("kms", "kms")]
    public void Where_the_rules_name_no_scope_the_service_signs_by_its_own_name_in_the_region(string service, string signingName)
    {
        var endpoint = EndpointResolver.Resolve(service, new EndpointParameters { ["Region"] = "eu-west-1", ["AccountId"] = "123456789012" });

        Assert.Equal((signingName, "eu-west-1"), (endpoint.SigningName, endpoint.SigningRegion));
    }

    [Fact]
    public void Where_the_rules_name_only_the_region_the_service_signs_by_its_own_name_there()
    {
        var endpoint = EndpointResolver.Resolve("iam", new EndpointParameters { ["Region"] = "ap-south-1" });

        Assert.Equal(("https://iam.amazonaws.com", "iam", "us-east-1", "sigv4"), (endpoint.Url, endpoint.SigningName, endpoint.SigningRegion, endpoint.AuthScheme));
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
        var endpoint = EndpointResolver.Resolve("sqs", new EndpointParameters { ["Region"] = "eu-west-1", ["Endpoint"] = "http://localhost:4566" });

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

        Assert.Equal(("sigv4", "s3-outposts", "us-west-2", true), (endpoint.AuthScheme, endpoint.SigningName, endpoint.SigningRegion, endpoint.DisableDoubleEncoding));
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
        var fault = Assert.Throws<AwsEndpointException>(() => EndpointResolver.Resolve("ec2", new EndpointParameters { ["Region"] = region }));

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
    public void A_service_that_is_not_carried_is_an_error_that_names_it(string service)
    {
        var fault = Assert.Throws<AwsEndpointException>(() => EndpointResolver.Resolve(service, new EndpointParameters { ["Region"] = "us-east-1" }));

        Assert.Equal(service, fault.Service);
        Assert.False(EndpointResolver.Carries(service));
    }

    [Fact]
    public void A_value_that_is_taken_back_is_not_set()
    {
        var parameters = new EndpointParameters { ["Region"] = "eu-west-1", ["Endpoint"] = "http://localhost" };

        parameters["Endpoint"] = (string?)null;

        Assert.Equal("https://ec2.eu-west-1.amazonaws.com", EndpointResolver.Resolve("ec2", parameters).Url);
    }

    [Fact]
    public void Every_carried_service_can_be_loaded_and_has_an_endpoint_in_the_usual_partitions()
    {
        Assert.True(Services.Length > 150);
        foreach (var (service, region) in Services.SelectMany(_ => new[] { "us-east-1", "cn-north-1", "us-gov-west-1" }, ValueTuple.Create))
        {
            var endpoint = EndpointResolver.Resolve(service, new EndpointParameters { ["Region"] = region, ["ApiType"] = "x", ["AccountId"] = "123456789012" });

            Assert.StartsWith("https://", endpoint.Url, StringComparison.Ordinal);
            Assert.EndsWith(region == "cn-north-1" ? ".cn" : "", new Uri(endpoint.Url).Host, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Any_parameters_give_an_http_url_or_the_one_exception() =>
        Prop.ForAll(AnyParameters().ToArbitrary(), given => IsUrlOrFails(given.Service, given.Values))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    private static Gen<(string Service, (string Name, object Value)[] Values)> AnyParameters() =>
        from service in Gen.Frequency((3, Gen.Elements("s3", "s3control", "dynamodb", "kinesis", "sts", "sesv2")), (2, Gen.Elements(Services)))
        from values in AnyParameter(service).ArrayOf()
        select (service, values);

    private static Gen<(string Name, object Value)> AnyParameter(string service) =>
        from name in Gen.Elements(Array.ConvertAll(EndpointResolver.Find(service)!.Parameters, parameter => parameter.Name))
        from value in name is "Region" ? Gen.Frequency((9, Texts), (1, AnyValue)) : AnyValue
        select (name, value);

    private static Gen<object> Texts => Gen.Elements<object>(
        "us-east-1", "cn-north-1", "us-gov-west-1", "us-iso-east-1", "aws-global", "local", "snow", "", " ", "a.b", "reports", "www.example.com",
        "arn:aws:s3:us-east-1:123456789012:accesspoint:mine", "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-1/accesspoint/mine",
        "arn:aws:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap", "arn:aws:s3-object-lambda:us-east-1:123456789012:accesspoint:mine",
        "arn:aws:kinesis:us-east-1:123456789012:stream/s", "arn:aws:dynamodb:us-east-1:123456789012:table/t", "arn:::::", "mine--use1-az4--x-s3",
        "test-accessp-o0b1d075431d83bebde8xz5w8ijx1qzlbp3i3kuse10--op-s3", "https://example.com", "http://127.0.0.1:5000/x", "x://", "é", "\ud800",
        "required", "disabled", "preferred", "control", "123456789012", "{Region}", "{", "}}", "-");

    private static Gen<object> AnyValue => Gen.Frequency(
        (6, Texts),
        (6, Gen.Elements<object>(true, false)),
        (1, Texts.ArrayOf().Select(texts => (object)Array.ConvertAll(texts, text => (string)text))),
        (1, ArbMap.Default.GeneratorFor<string>().Select(text => (object)(text ?? ""))));

    private static bool IsUrlOrFails(string service, (string Name, object Value)[] values)
    {
        var parameters = new EndpointParameters();
        foreach (var (name, value) in values)
        {
            parameters[name] = value switch { string text => text, bool flag => flag, var list => (string[])list };
        }

        try
        {
            var endpoint = EndpointResolver.Resolve(service, parameters);
            return Uri.TryCreate(endpoint.Url, UriKind.Absolute, out var url) && (url.Scheme is "https" or "http") && url.Query.Length == 0;
        }
        catch (AwsEndpointException e)
        {
            return e.Reason.Length > 0;
        }
    }
}
