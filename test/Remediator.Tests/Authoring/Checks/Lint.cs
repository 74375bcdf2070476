using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using Remediator.Authoring.Checks;
using Remediator.Aws;
using Remediator.Playbooks;
using Remediator.Record;

namespace Remediator.Tests.Authoring.Checks;

/// <summary>Runs the linter over a folder that is made for one test.</summary>
internal static class Lint
{
    public static readonly DateTimeOffset Now = new(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A playbook without problems.</summary>
    public const string Good = """
        summary: Blocks public access to a bucket.
        rules: [S3_BUCKET_PUBLIC_READ_PROHIBITED]
        resource: AWS::S3::Bucket
        impact: brief
        read:
          call: s3:GetPublicAccessBlock
          with: {Bucket: "${resource.id}"}
          take: PublicAccessBlockConfiguration
          absent-on: NoSuchPublicAccessBlockConfiguration
          gone-on: NoSuchBucket
        want: {BlockPublicAcls: true}
        write:
          call: s3:PutPublicAccessBlock
          with: {Bucket: "${resource.id}", PublicAccessBlockConfiguration: "${target}"}
        clear:
          call: s3:DeletePublicAccessBlock
          with: {Bucket: "${resource.id}"}
        manual: Turn it on.
        """;

    /// <summary>The problems of the good playbook after some of its text has been replaced.</summary>
    public static ImmutableArray<Problem> With(string old, string @new) =>
        Good.Contains(old, StringComparison.Ordinal)
            ? Of(Good.Replace(old, @new, StringComparison.Ordinal))
            : throw new ArgumentException(old);

    public static ImmutableArray<Problem> Of(string playbook, string policy = "", string name = "s3/block") =>
        Of([(name, playbook)], policy);

    public static ImmutableArray<Problem> Of((string Name, string Text)[] playbooks, string policy = "")
    {
        var folder = Directory.CreateTempSubdirectory("lint");
        try
        {
            foreach (var (name, text) in playbooks)
            {
                var file = Path.Combine(folder.FullName, "playbooks", name + ".yaml");
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllText(file, text);
            }

            var policyFile = Path.Combine(folder.FullName, "policy.yaml");
            File.WriteAllText(policyFile, policy.Length > 0 ? policy : "{}");
            return Linter.Run(Path.Combine(folder.FullName, "playbooks"), policyFile, [], new FakeTimeProvider(Now));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Asserts that there is exactly one problem: this one, at this line.</summary>
    public static void Only(this ImmutableArray<Problem> problems, string code, int line, string says)
    {
        var problem = Assert.Single(problems);
        Assert.Equal(code, problem.Code);
        Assert.Equal(line, problem.At.Line);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
    }
}
