using Remediator.Playbooks;

namespace Remediator.Tests.Playbooks;

public sealed class CombinedPlaybookTests
{
    private const string Head = """
        rules: []
        resource: AWS::S3::Bucket
        """;

    private static readonly Playbook One = Read("s3/one", "brief", "Do one.", """
        read: {call: s3:GetBucketVersioning, with: {Bucket: "${resource.id}"}}
        recorded: configuration.one
        write: {call: s3:PutBucketVersioning, with: {Bucket: "${resource.id}", VersioningConfiguration: "${target}"}}
        """);

    private static readonly Playbook Two = Read("s3/two", "access", "Do two.", """
        steps:
          - name: first
            read: {call: s3:GetBucketAcl, with: {Bucket: "${resource.id}"}}
            recorded: configuration.first
            write: {call: s3:PutBucketAcl, with: {Bucket: "${resource.id}", AccessControlPolicy: "${target}"}}
          - name: second
            read: {call: s3:GetBucketAcl, with: {Bucket: "${resource.id}"}}
            recorded: configuration.second
            write: {call: s3:PutBucketAcl, with: {Bucket: "${resource.id}", AccessControlPolicy: "${target}"}}
        """);

    [Fact]
    public void One_playbook_keeps_its_name()
    {
        var combined = CombinedPlaybook.Of("AWS::S3::Bucket", [One]);

        Assert.Equal("s3/one", combined.Name);
        Assert.Equal(["s3/one"], combined.Steps.Select(s => s.Name));
    }

    [Fact]
    public void Several_playbooks_combine_into_one_whose_steps_name_their_playbook()
    {
        var combined = CombinedPlaybook.Of("AWS::S3::Bucket", [One, Two]);

        Assert.Equal("rollback/AWS::S3::Bucket", combined.Name);
        Assert.Equal(["s3/one", "s3/two/first", "s3/two/second"], combined.Steps.Select(s => s.Name));
        Assert.Equal(["s3/one", "s3/two", "s3/two"], combined.Steps.Select(s => s.Of));
        Assert.Equal("AWS::S3::Bucket", Assert.Single(combined.Resources));
    }

    [Fact]
    public void The_gravest_impact_counts_for_all() =>
        Assert.Equal(Impact.Access, CombinedPlaybook.Of("AWS::S3::Bucket", [One, Two]).Impact);

    [Fact]
    public void What_a_person_does_by_hand_is_said_once_for_each() =>
        Assert.Equal("Do one.\nDo two.", CombinedPlaybook.Of("AWS::S3::Bucket", [One, Two, One with { Name = "s3/three" }]).Manual);

    [Fact]
    public void A_step_that_is_not_recorded_is_left_out()
    {
        var part = Two with { Steps = [Two.Steps[0], Two.Steps[1] with { Recorded = null }] };

        Assert.Equal(["s3/two/first"], CombinedPlaybook.Of("AWS::S3::Bucket", [part]).Steps.Select(s => s.Name));
    }

    private static Playbook Read(string name, string impact, string manual, string settings) =>
        PlaybookReader.Read(name, name + ".yaml", $"summary: Sets it.\nimpact: {impact}\nmanual: {manual}\n{Head}\n{settings}\n");
}
