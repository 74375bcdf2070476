using System.Text.Json;
using System.Text.RegularExpressions;
using Remediator.Aws.Endpoints;
using Remediator.Emulator;
using Remediator.Escalate;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Aws;

/// <summary>Everything that differs between partitions is in one table.</summary>
public sealed partial class PartitionTests
{
    [Theory]
    [InlineData("eu-central-1", "aws", "console.aws.amazon.com", "amazonaws.com")]
    [InlineData("cn-north-1", "aws-cn", "console.amazonaws.cn", "amazonaws.com.cn")]
    [InlineData("us-gov-west-1", "aws-us-gov", "console.amazonaws-us-gov.com", "amazonaws.com")]
    [InlineData("eusc-de-east-1", "aws-eusc", "console.amazonaws-eusc.eu", "amazonaws.eu")]
    [InlineData("us-iso-east-1", "aws-iso", "console.c2shome.ic.gov", "c2s.ic.gov")]
    [InlineData("us-isob-east-1", "aws-iso-b", "console.sc2shome.sgov.gov", "sc2s.sgov.gov")]
    [InlineData("eu-isoe-west-1", "aws-iso-e", "console.csphome.adc-e.uk", "cloud.adc-e.uk")]
    [InlineData("us-isof-south-1", "aws-iso-f", "console.csphome.hci.ic.gov", "csp.hci.ic.gov")]
    public async Task A_region_leads_to_the_names_of_its_partition(string region, string name, string console, string suffix)
    {
        var resource = new ResourceKey(
            FakeAws.Account, region, "AWS::SQS::Queue", $"https://sqs.{region}.{suffix}/{FakeAws.Account}/orders");
        JsonElement asked = default;
        var aws = new FakeAws().On("resourcegroupstaggingapi:GetResources", input =>
        {
            asked = input;
            return Json.Parse("""{"ResourceTagMappingList":[]}""");
        });

        await new Remediator.Aws.AwsTags(aws, new FakeEc2Tags()).ReadAsync(resource, CancellationToken.None);

        Assert.Equal((name, suffix), (AwsPartition.Of(region).Name, AwsPartition.Of(region).DnsSuffix));
        Assert.StartsWith($"https://{region}.{console}/config/", Links.Timeline(Some.Incident(resource)), StringComparison.Ordinal);
        Assert.Equal($"arn:{name}:sqs:{region}:{FakeAws.Account}:orders", asked.Member("ResourceARNList")[0].GetString());
    }

    [Fact]
    public void No_partition_stands_in_code_playbooks_or_templates()
    {
        string[] files =
        [
            .. Directory.EnumerateFiles(Repository.At("src"), "*.cs", SearchOption.AllDirectories).Where(f => !Elsewhere().IsMatch(f)),
            .. Directory.EnumerateFiles(Repository.At("playbooks"), "*.yaml", SearchOption.AllDirectories),
            Repository.At("template.yaml"),
            Repository.At("deploy", "member.yaml"),
        ];

        Assert.All(files, file => Assert.DoesNotMatch(Bound(), File.ReadAllText(file)));
    }

    // The emulator and its demo use one partition only. Generated and built files are not checked.
    [GeneratedRegex(@"[/\\](obj|bin|Emulator|Remediator\.Emulator|Demo)[/\\]")]
    private static partial Regex Elsewhere();

    [GeneratedRegex(@"arn:aws(-[a-z]+)*:|console\.(aws|amazonaws)|""aws-(cn|us-gov|eusc|iso)|StartsWith\(""(cn-|us-gov|eusc|us-iso)")]
    private static partial Regex Bound();

    private sealed class FakeEc2Tags : Remediator.Aws.IEc2
    {
        public Task<System.Collections.Immutable.ImmutableDictionary<string, string>> TagsAsync(
            string account,
            string region,
            string resourceId,
            CancellationToken ct
        ) => throw new InvalidOperationException("These are no resources of EC2.");
    }
}
