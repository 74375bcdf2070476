using Remediator.Aws;

namespace Remediator.Tests.Aws;

public sealed class AwsEndpointSettingsTests
{
    [Fact]
    public void The_address_of_a_single_service_goes_before_that_of_all()
    {
        var settings = Read(("AWS_ENDPOINT_URL", "http://localhost:4566"), ("AWS_ENDPOINT_URL_CONFIG_SERVICE", "http://config:1"));

        Assert.Equal(new Uri("http://config:1"), settings.Of("config"));
        Assert.Equal(new Uri("http://localhost:4566"), settings.Of("s3"));
    }

    [Fact]
    public void Addresses_can_be_switched_off()
    {
        var settings = Read(("AWS_ENDPOINT_URL", "http://localhost:4566"), ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"));

        Assert.Null(settings.Of("s3"));
    }

    [Fact]
    public void The_switches_are_read()
    {
        var settings = Read(("AWS_USE_FIPS_ENDPOINT", "true"), ("AWS_USE_DUALSTACK_ENDPOINT", "TRUE"));

        Assert.True(settings.UseFips);
        Assert.True(settings.UseDualStack);
    }

    [Theory]
    [InlineData("localhost:4566")]
    [InlineData("ftp://localhost")]
    public void Invalid_address_is_reported_with_the_variables_name(string address)
    {
        var problem = Assert.Throws<FormatException>(() => Read(("AWS_ENDPOINT_URL_S3", address)));

        Assert.Contains("AWS_ENDPOINT_URL_S3", problem.Message, StringComparison.Ordinal);
    }

    private static AwsEndpointSettings Read(params (string Name, string Value)[] variables) =>
        AwsEndpointSettings.FromEnvironment(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
