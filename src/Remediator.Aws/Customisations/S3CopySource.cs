namespace Remediator.Aws.Customisations;

/// <summary>The header that names the source of a copy: bucket/key, URL-encoded, with an optional version.</summary>
internal static class S3CopySource
{
    private const string Version = "?versionId=";

    public static string Escape(string source)
    {
        var mark = source.IndexOf(Version, StringComparison.Ordinal);
        var (path, version) = mark < 0 ? (source, "") : (source[..mark], source[mark..]);
        return string.Join('/', path.Split('/').Select(Uri.EscapeDataString)) + version;
    }
}
