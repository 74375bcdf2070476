using System.IO.Enumeration;
using Remediator.Playbooks;

namespace Remediator.Tests.Playbooks;

public sealed class GlobPatternTests
{
    [Theory]
    [InlineData("s3:Get*", "s3:GetObject", true)]
    [InlineData("s3:Get*", "s3:*Acl", true)]
    [InlineData("s3:Get*", "s3:Put*", false)]
    [InlineData("*", "", true)]
    [InlineData("?", "", false)]
    [InlineData("s3:Ge?Object", "S3:getobject", true)]
    [InlineData("s3:*a", "s3:*b", false)]
    [InlineData("a*b", "*ab*", true)]
    [InlineData("a*", "b*", false)]
    public void Patterns_overlap_where_some_action_fits_both(string a, string b, bool overlap)
    {
        Assert.Equal(overlap, GlobPattern.Overlap(a, b));
        Assert.Equal(overlap, GlobPattern.Overlap(b, a));
    }

    [Fact]
    public void Every_pair_of_short_patterns_is_judged_as_trying_every_text_does()
    {
        string[] texts = [.. Words("ab", 4)];
        string[] patterns = [.. Words("ab*?", 3).Where(p => p.Length > 0)];

        Assert.All(patterns, a => Assert.All(patterns, b => Assert.Equal(
            texts.Any(t => FileSystemName.MatchesSimpleExpression(a, t) && FileSystemName.MatchesSimpleExpression(b, t)),
            GlobPattern.Overlap(a, b))));
    }

    [Fact]
    public async Task Pattern_made_to_be_slow_is_fast()
    {
        var bomb = "s3:" + new string('*', 200) + "q";

        var judged = Task.Run(() => GlobPattern.Overlap(bomb, "s3:" + string.Concat(Enumerable.Repeat("*a", 200)) + "z"));

        Assert.Same(judged, await Task.WhenAny(judged, Task.Delay(TimeSpan.FromSeconds(20))));
        Assert.False(await judged);
    }

    private static IEnumerable<string> Words(string letters, int most) => most is 0
        ? [""]
        : Words(letters, most - 1).SelectMany(w => letters.Select(l => w + l)).Concat(Words(letters, most - 1)).Distinct();
}
