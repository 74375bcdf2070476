using Remediator.Cli.Doctor.Checks;
using Remediator.Values;

namespace Remediator.Tests.Cli.Doctor;

public sealed class RecordedTypesTests
{
    [Theory]
    [InlineData("{}", "AWS::S3::Bucket", true)]
    [InlineData("{}", "AWS::IAM::User", false)]
    [InlineData("""{"recordingGroup":{"allSupported":true,"includeGlobalResourceTypes":false}}""", "AWS::IAM::User", false)]
    [InlineData("""{"recordingGroup":{"allSupported":true,"includeGlobalResourceTypes":true}}""", "AWS::IAM::User", true)]
    [InlineData("""{"recordingGroup":{"allSupported":false,"resourceTypes":["AWS::IAM::User"]}}""", "AWS::IAM::User", true)]
    [InlineData("""{"recordingGroup":{"allSupported":false,"resourceTypes":["AWS::IAM::User"]}}""", "AWS::S3::Bucket", false)]
    [InlineData(
        """{"recordingGroup":{"recordingStrategy":{"useOnly":"INCLUSION_BY_RESOURCE_TYPES"},"resourceTypes":["AWS::S3::Bucket"]}}""",
        "AWS::S3::Bucket", true)]
    [InlineData(
        """
        {"recordingGroup":{"recordingStrategy":{"useOnly":"EXCLUSION_BY_RESOURCE_TYPES"},
         "exclusionByResourceTypes":{"resourceTypes":["AWS::S3::Bucket"]}}}
        """,
        "AWS::S3::Bucket", false)]
    [InlineData(
        """
        {"recordingGroup":{"recordingStrategy":{"useOnly":"EXCLUSION_BY_RESOURCE_TYPES"},
         "exclusionByResourceTypes":{"resourceTypes":["AWS::S3::Bucket"]}}}
        """,
        "AWS::IAM::User", true)]
    public void What_a_recorder_records_follows_from_its_group(string recorder, string type, bool expected) =>
        Assert.Equal(expected, RecordedTypes.Has(Json.Parse(recorder), type));
}
