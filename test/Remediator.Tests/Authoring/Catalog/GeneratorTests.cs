using Remediator.Authoring.Catalog;
using Remediator.Authoring.Permissions;
using Remediator.Decide;
using Remediator.Playbooks;
using Remediator.Record;
using Remediator.Tests.Authoring.Checks;

namespace Remediator.Tests.Authoring.Catalog;

public class GeneratorTests
{
    private static readonly Policy Changing = Policy("defaults: {mode: auto}");

    private const string Template = """
        Resources:
          # remediator:permissions begin
          Old:
            Properties:
              Roles: [!Ref A, !Ref B]
          # remediator:permissions end
        Outputs: {}

        """;

    private static string VersionOf(string text) => $"playbooks/.versions/{PlaybookLibrary.HashOf(text)}.yaml";

    [Fact]
    public void What_follows_from_the_playbooks_is_up_to_date() =>
        Assert.True(
            Generator.Run(Repository.Root, Policy(File.ReadAllText(Repository.PathOf("policy.yaml"))), check: true) is [],
            "Run `remediator generate`.");

    [Fact]
    public void Everything_is_written_once_and_then_up_to_date()
    {
        using var root = new Folder();

        Assert.Equal(
            [
                "playbooks/index.txt",
                VersionOf(Lint.Good),
                "template.yaml",
                "README.md",
                "policy.schema.json",
                "docs/catalog/README.md",
                "docs/catalog/rules.md",
                "docs/catalog/s3.md",
            ],
            [.. Generator.Run(root.Path, Changing, check: false)]);
        Assert.Empty(Generator.Run(root.Path, Changing, check: true));
    }

    [Fact]
    public void A_check_names_what_is_stale_and_changes_nothing()
    {
        using var root = new Folder();
        Generator.Run(root.Path, Changing, check: false);
        var changed = Lint.Good.Replace("s3:Get", "s3:List", StringComparison.Ordinal);
        root.Write("playbooks/s3/block.yaml", changed);
        root.Write("docs/catalog/sqs.md", "left over");
        var before = root.Read("template.yaml");

        Assert.Equal(
            [VersionOf(changed), "template.yaml", "docs/catalog/s3.md", "docs/catalog/sqs.md"],
            [.. Generator.Run(root.Path, Changing, check: true)]);
        Assert.Equal(before, root.Read("template.yaml"));
    }

    [Fact]
    public void A_text_that_a_playbook_had_is_kept_under_its_hash()
    {
        using var root = new Folder();
        Generator.Run(root.Path, Changing, check: false);
        var changed = Lint.Good.Replace("s3:Get", "s3:List", StringComparison.Ordinal);
        root.Write("playbooks/s3/block.yaml", changed);

        Generator.Run(root.Path, Changing, check: false);

        Assert.Equal((Lint.Good, changed), (root.Read(VersionOf(Lint.Good)), root.Read(VersionOf(changed))));
        Assert.Equal("s3/block", Assert.Single(PlaybookLibrary.Names(System.IO.Path.Combine(root.Path, "playbooks"))));
    }

    [Fact]
    public void The_permissions_stand_between_the_markers_for_the_same_roles()
    {
        using var root = new Folder();

        Generator.Run(root.Path, Changing, check: false);

        Assert.Equal("""
            Resources:
              # remediator:permissions begin
              # 1 playbooks read, and the policy lets 1 of them change something. They need 2 actions:
              # 1 of the 8 managed policies that a role has room for.
              PlaybookPermissions:
                Type: AWS::IAM::ManagedPolicy
                Properties:
                  Description: What the playbooks of Remediator read and write (1 of 1).
                  Roles: [!Ref A, !Ref B]
                  PolicyDocument:
                    Version: "2012-10-17"
                    Statement:
                      - Sid: Reads1
                        Effect: Allow
                        Action:
                          - s3:GetBucketPublicAccessBlock
                        Resource: !Sub arn:${AWS::Partition}:s3:::*
                      - Sid: Writes2
                        Effect: Allow
                        Action:
                          - s3:PutBucketPublicAccessBlock
                        Resource: !Sub arn:${AWS::Partition}:s3:::*
              # remediator:permissions end
            Outputs: {}

            """, root.Read("template.yaml"));
    }

    [Fact]
    public void The_page_of_a_playbook_says_how_to_undo_it_and_what_to_do_by_hand()
    {
        using var root = new Folder();

        Generator.Run(root.Path, Changing, check: false);

        var page = root.Read("docs/catalog/s3.md");
        Assert.Contains(
            "| Undo | `s3:PutPublicAccessBlock` with the earlier value; `s3:DeletePublicAccessBlock` where there was nothing before |",
            page,
            StringComparison.Ordinal);
        Assert.Contains("**By hand.** Turn it on.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_that_only_observes_gives_no_permission_to_write()
    {
        using var root = new Folder();

        Generator.Run(root.Path, Policy("defaults: {mode: observe}"), check: false);

        Assert.Contains("s3:GetBucketPublicAccessBlock", root.Read("template.yaml"), StringComparison.Ordinal);
        Assert.DoesNotContain("s3:Put", root.Read("template.yaml"), StringComparison.Ordinal);
    }

    private static Policy Policy(string text) => PolicyReader.Read("policy.yaml", text);

    private sealed class Folder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("generate");

        public Folder()
        {
            Write("playbooks/s3/block.yaml", Lint.Good);
            Write("template.yaml", Template);
            Write("README.md", $"# X\n{Generator.CoverageBegin}\n{Generator.CoverageEnd}\n");
        }

        public string Path => _folder.FullName;

        public string Read(string file) => File.ReadAllText(System.IO.Path.Combine(Path, file));

        public void Write(string file, string text)
        {
            var path = System.IO.Path.Combine(Path, file);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
