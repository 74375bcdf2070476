using System.Diagnostics;
using Remediator.Playbooks;
using Remediator.Tests.Authoring.Checks;
using Xunit.Abstractions;

namespace Remediator.Tests.Playbooks;

public class AnsweredPairsTests(ITestOutputHelper output)
{
    [Fact]
    public void A_rule_is_paired_with_the_types_that_it_evaluates() => Assert.Equal(
        [("EC2_FLEET_TAGGED", "AWS::EC2::EC2Fleet"), ("EC2_CARRIER_GATEWAY_TAGGED", "AWS::EC2::CarrierGateway")],
        [.. AnsweredPairs.Of(Read("[EC2_FLEET_TAGGED, EC2_CARRIER_GATEWAY_TAGGED]", "[AWS::EC2::EC2Fleet, AWS::EC2::CarrierGateway]"))]);

    [Fact]
    public void A_type_that_is_known_of_no_rule_is_paired_with_all() => Assert.Equal(
        [("EC2_FLEET_TAGGED", "AWS::EC2::EC2Fleet"), ("EC2_FLEET_TAGGED", "AWS::EC2::Volume")],
        [.. AnsweredPairs.Of(Read("[EC2_FLEET_TAGGED]", "[AWS::EC2::EC2Fleet, AWS::EC2::Volume]"))]);

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(1000)]
    public void An_event_reads_one_playbook_however_many_there_are(int playbooks)
    {
        var folder = Directory.CreateTempSubdirectory("library");
        try
        {
            // Only the file of that playbook exists: reading another would fail.
            File.WriteAllText(Path.Combine(folder.FullName, "block.yaml"), Lint.Good);
            File.WriteAllText(
                Path.Combine(folder.FullName, PlaybookLibrary.IndexFile),
                string.Concat(
                    Enumerable.Range(0, playbooks - 1).Select(n => $"A_RULE_WITH_A_LONG_NAME_{n} AWS::EC2::Instance ec2/some-{n}\n")
                ) + "S3_X AWS::S3::Bucket block\n");
            var clock = Stopwatch.StartNew();

            var library = new PlaybookLibrary(folder.FullName);
            var playbook = library.Load(Assert.Single(library.Answering("S3_X", "AWS::S3::Bucket")));

            output.WriteLine($"{playbooks} playbooks: {clock.Elapsed.TotalMilliseconds:0.0} ms");
            Assert.Equal("block", playbook.Name);
            Assert.Empty(library.Answering("S3_X", "AWS::EC2::Instance"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Playbook Read(string rules, string types) => PlaybookReader.Read("s3/x", "x.yaml", Lint.Good
        .Replace("[S3_BUCKET_PUBLIC_READ_PROHIBITED]", rules, StringComparison.Ordinal)
        .Replace("AWS::S3::Bucket", types, StringComparison.Ordinal));
}
