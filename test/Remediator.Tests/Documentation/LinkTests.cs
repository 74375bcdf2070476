using System.Text.RegularExpressions;
using Remediator.Emulator;
using Remediator.Escalate;

namespace Remediator.Tests.Documentation;

public partial class LinkTests
{
    [Fact]
    public void Every_link_inside_the_repository_leads_somewhere() => Assert.Empty(
        from file in Documents.Files
        let text = Code().Replace(File.ReadAllText(file), "")
        from link in Links().Matches(text).Select(m => m.Groups[1].Value)
        where !link.Contains("://", StringComparison.Ordinal) && !Leads(file, link)
        select $"{Path.GetRelativePath(Repository.Root, file)}: {link}");

    private static bool Leads(string from, string link)
    {
        var (path, anchor) = link.Split('#', 2) is [var p, var a] ? (p, a) : (link, "");
        var target = path.Length == 0 ? from : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(from)!, path));
        return (File.Exists(target) || Directory.Exists(target))
            && (anchor.Length == 0 || Documents.Anchors(File.ReadAllText(target)).Contains(anchor));
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex("^```.*?^```|`[^`\n]*`(?!\\])", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();
}
