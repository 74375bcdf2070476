using Remediator.Cli;
using Remediator.Cli.Cases;
using Remediator.Emulator;
using Remediator.Playbooks;

namespace Remediator.Tests.Cli;

/// <summary>What <c>remediator test</c> runs: the playbook as it is now, with its cases.</summary>
public sealed class TestedPlaybookTests : IDisposable
{
    private const string Case = """
        rule: S3_BUCKET_VERSIONING_ENABLED
        seed: []
        resource: {type: AWS::S3::Bucket, id: mine}
        unrelated: []
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string File => Path.Combine(_folder.FullName, "s3", "bucket-versioning.yaml");

    private string CaseFile => Path.ChangeExtension(File, null) + PlaybookLibrary.CaseEnding;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Cases_beside_the_playbook_and_those_of_the_repository_are_found()
    {
        Write(Case);
        System.IO.File.WriteAllText(Path.Combine(_folder.FullName, "s3", "bucket-versioning.other.case.yaml"), Case);
        System.IO.File.WriteAllText(Path.Combine(_folder.FullName, "s3", "bucket-versioning-too.case.yaml"), "not of this one");

        using var tested = Find();

        Assert.Equal(
            ["s3/bucket-versioning", "s3/bucket-versioning", "s3/bucket-versioning.other"], tested.Cases.Select(c => c.Name).Order());
    }

    [Fact]
    public void Playbook_that_the_index_does_not_have_yet_answers_its_rule()
    {
        Write(Case.Replace("S3_BUCKET_VERSIONING_ENABLED", "our-rule", StringComparison.Ordinal));
        System.IO.File.WriteAllText(File, Text.Replace("S3_BUCKET_VERSIONING_ENABLED", "our-rule", StringComparison.Ordinal));

        using var tested = Find(CaseFile);

        var library = new PlaybookLibrary(tested.Folder);
        Assert.Equal("s3/bucket-versioning", Assert.Single(library.Answering("our-rule", "AWS::S3::Bucket")));
        Assert.Empty(library.Answering("S3_BUCKET_VERSIONING_ENABLED", "AWS::S3::Bucket"));
        Assert.NotEmpty(library.Answering("S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED", "AWS::S3::Bucket"));
    }

    [Theory]
    [InlineData("S3_BUCKET_VERSIONING_ENABLED", "another-rule", "does not answer the rule 'another-rule'")]
    [InlineData("AWS::S3::Bucket", "AWS::SQS::Queue", "the case's resource is AWS::SQS::Queue")]
    [InlineData("rule: S3_BUCKET_VERSIONING_ENABLED", "rule: []", "'rule' is missing")]
    public void Case_of_something_else_is_refused(string good, string wrong, string says)
    {
        Write(Case.Replace(good, wrong, StringComparison.Ordinal));

        Assert.Contains(says, Assert.Throws<UsageException>(() => Find(CaseFile)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_with_problems_of_form_is_refused_with_each_place()
    {
        Write(Case + "\nchecks: []\nundo: perhaps\n");

        var refused = Assert.Throws<InvalidFileException>(() => Find(CaseFile));

        Assert.Equal(["PB003", "PC002"], refused.Problems.Select(p => p.Code).Order(StringComparer.Ordinal));
        Assert.All(refused.Problems, p => Assert.Equal(CaseFile, p.At.File));
    }

    [Fact]
    public void Playbook_without_a_case_gets_told_where_to_write_one()
    {
        var folder = _folder.CreateSubdirectory("mine").FullName;
        System.IO.File.Copy(Repository.At("playbooks", "s3", "bucket-versioning.yaml"), Path.Combine(folder, "other.yaml"));

        var refused = Assert.Throws<UsageException>(
            () => TestedPlaybook.Find(Path.Combine(folder, "other.yaml"), [], Repository.At("playbooks")));

        Assert.Contains(Path.Combine(folder, "other.case.yaml"), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Guide_is_no_playbook_to_test() => Assert.Contains(
        "is a guide, which changes nothing",
        Assert.Throws<UsageException>(
            () => TestedPlaybook.Find("playbooks/ec2/vpn-tunnels.guide.yaml", [], Repository.At("playbooks"))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Case_is_no_playbook_of_the_folder()
    {
        Write(Case);

        Assert.Equal("s3/bucket-versioning", Assert.Single(PlaybookLibrary.Names(_folder.FullName)));
    }

    private static string Text => System.IO.File.ReadAllText(Repository.At("playbooks", "s3", "bucket-versioning.yaml"));

    private TestedPlaybook Find(params string[] cases) => TestedPlaybook.Find(File, cases, Repository.At("playbooks"));

    private void Write(string @case)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, Text);
        System.IO.File.WriteAllText(CaseFile, @case);
    }
}
