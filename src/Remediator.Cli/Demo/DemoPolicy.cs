namespace Remediator.Cli.Demo;

/// <summary>
/// The policy of the demo, in a file of its own for as long as the demo runs: it turns auto on, which no deployment begins with.
/// </summary>
internal sealed class DemoPolicy : IDisposable
{
    public const string OwnerTag = "team-shop";

    private const string Text = $$"""
        defaults: {mode: observe, owner: team-shop, environment: demo, severity: warning}
        rules:
          - match: {rule: [REQUIRED_TAGS]}
            mode: auto
            params:
              tags:
                Owner: {{OwnerTag}}
          - match:
              rule:
                - S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED
                - INCOMING_SSH_DISABLED
                - RDS_INSTANCE_PUBLIC_ACCESS_CHECK
                - CW_LOGGROUP_RETENTION_PERIOD_CHECK
            mode: auto
          - match: {rule-name: our-*}
            mode: auto
            to: last-compliant
        rollback: {quiet: 0s}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("remediator-demo-");

    public DemoPolicy() => System.IO.File.WriteAllText(File, Text);

    public string File => Path.Combine(_folder.FullName, "policy.yaml");

    public void Dispose() => _folder.Delete(recursive: true);
}
