using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Remediator.Aws.Endpoints;

namespace Remediator.Tests.Aws.Endpoints;

public sealed class AwsPartitionTests
{
    // The values that AWS publishes.
    private static readonly (string Partition, Regex Regions)[] Patterns =
    [
        ("aws", new(@"^(us|eu|ap|sa|ca|me|af|il|mx)\-\w+\-\d+\z", RegexOptions.ECMAScript)),
        ("aws-cn", new(@"^cn\-\w+\-\d+\z", RegexOptions.ECMAScript)),
        ("aws-eusc", new(@"^eusc\-(de)\-\w+\-\d+\z", RegexOptions.ECMAScript)),
        ("aws-iso", new(@"^us\-iso\-\w+\-\d+\z", RegexOptions.ECMAScript)),
        ("aws-iso-b", new(@"^us\-isob\-\w+\-\d+\z", RegexOptions.ECMAScript)),
        ("aws-iso-e", new(@"^eu\-isoe\-\w+\-\d+\z", RegexOptions.ECMAScript)),
        ("aws-iso-f", new(@"^us\-isof\-\w+\-\d+\z", RegexOptions.ECMAScript)),
        ("aws-us-gov", new(@"^us\-gov\-\w+\-\d+\z", RegexOptions.ECMAScript)),
    ];

    [Theory]
    [InlineData("us-east-1", "aws", "amazonaws.com", "api.aws", "us-east-1")]
    [InlineData("cn-north-1", "aws-cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn", "cn-northwest-1")]
    [InlineData("us-gov-east-1", "aws-us-gov", "amazonaws.com", "api.aws", "us-gov-west-1")]
    [InlineData("eusc-de-east-1", "aws-eusc", "amazonaws.eu", "api.amazonwebservices.eu", "eusc-de-east-1")]
    [InlineData("us-iso-west-1", "aws-iso", "c2s.ic.gov", "api.aws.ic.gov", "us-iso-east-1")]
    [InlineData("us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov", "api.aws.scloud", "us-isob-east-1")]
    [InlineData("eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", "eu-isoe-west-1")]
    [InlineData("us-isof-east-1", "aws-iso-f", "csp.hci.ic.gov", "api.aws.hci.ic.gov", "us-isof-south-1")]
    public void A_region_belongs_to_its_partition(string region, string name, string suffix, string dualStackSuffix, string globalRegion)
    {
        var partition = AwsPartition.Of(region);

        Assert.Equal(
            (name, suffix, dualStackSuffix, globalRegion),
            (partition.Name, partition.DnsSuffix, partition.DualStackDnsSuffix, partition.ImplicitGlobalRegion));
    }

    [Theory]
    [InlineData("aws-global", "aws")]
    [InlineData("aws-cn-global", "aws-cn")]
    [InlineData("aws-us-gov-global", "aws-us-gov")]
    [InlineData("aws-iso-b-global", "aws-iso-b")]
    public void A_name_for_a_whole_partition_belongs_to_it(string region, string name) => Assert.Equal(name, AwsPartition.Of(region).Name);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("local")]
    [InlineData("-")]
    [InlineData("--")]
    [InlineData("-1")]
    [InlineData("cn-north")]
    [InlineData("cn--1")]
    [InlineData("cn-north-")]
    [InlineData("cn-north-1a")]
    [InlineData("xcn-north-1")]
    [InlineData("CN-NORTH-1")]
    public void Any_other_region_name_belongs_to_the_partition_aws(string? region) => Assert.Equal("aws", AwsPartition.Of(region).Name);

    [Fact]
    public void New_regions_fall_where_the_published_patterns_put_them()
    {
        var parts = Gen.Elements(
            "us", "eu", "cn", "gov", "iso", "isob", "isoe", "isof", "eusc", "de", "il", "mx", "east", "w_1", "1", "22", "é", "", "x");
        var regions = parts.ArrayOf().Select(some => string.Join('-', some)).ToArbitrary();

        Prop.ForAll(regions, region => Expected(region) == AwsPartition.Of(region).Name)
            .Check(Samples.Cases(5000));
    }

    private static string Expected(string region) =>
        Patterns.Where(pattern => pattern.Regions.IsMatch(region)).Select(pattern => pattern.Partition).FirstOrDefault("aws");
}
