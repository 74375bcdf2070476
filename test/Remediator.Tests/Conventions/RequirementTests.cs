using System.Text.RegularExpressions;
using Remediator.Tests.Documentation;

namespace Remediator.Tests.Conventions;

/// <summary>The Python packages of the emulator are pinned, each with the hashes that pip may accept.</summary>
public sealed partial class RequirementTests
{
    private static readonly IReadOnlyList<string> Locked =
        [.. Statements(Documents.Read("tools/requirements.txt").Replace("\\\n", " ", StringComparison.Ordinal))];

    [Fact]
    public void Every_package_has_one_version_and_the_hashes_of_its_files()
    {
        Assert.NotEmpty(Locked);
        Assert.All(Locked, l => Assert.Matches(Pinned(), l));
        Assert.All(Locked, l => Assert.Equal(Hashes(l).Order(StringComparer.Ordinal).Distinct(), Hashes(l)));
    }

    [Fact]
    public void No_hash_stands_at_two_packages() =>
        Assert.Distinct(Locked.SelectMany(Hashes));

    [Fact]
    public void What_is_asked_for_is_locked_in_just_that_version() =>
        Assert.Empty(Statements(Documents.Read("tools/requirements.in")).Except(Locked.Select(l => l.Split(' ')[0])));

    private static IEnumerable<string> Statements(string text) =>
        from line in text.Split('\n') let statement = line.Trim() where statement is not ("" or ['#', ..]) select statement;

    private static IEnumerable<string> Hashes(string statement) => HashValue().Matches(statement).Select(m => m.Value);

    [GeneratedRegex(@"^[a-z0-9-]+(\[[a-z]+\])?==\S+( ; [a-z_]+ .+?)?(\s+--hash=sha256:[0-9a-f]{64})+$")]
    private static partial Regex Pinned();

    [GeneratedRegex("(?<=sha256:)[0-9a-f]{64}")]
    private static partial Regex HashValue();
}
