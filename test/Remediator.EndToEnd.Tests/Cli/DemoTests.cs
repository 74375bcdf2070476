using System.Text.Json;
using Remediator.Cli;
using Remediator.Testing;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Cli;

public sealed class DemoTests
{
    [Fact]
    public async Task Everything_that_the_demo_claims_is_proven()
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var outside = new Outside(TextReader.Null, output, error, Environment.GetEnvironmentVariable, TimeProvider.System);

        var code = await Application.RunAsync(["demo", "--json"], outside, CancellationToken.None);

        Assert.True(code == 0, $"{output}{error}");
        var demo = JsonElement.Parse(Assert.Single(output.ToString().TrimEnd('\n').Split('\n')));
        Assert.True(demo.Member("ok").GetBoolean());
        Assert.All(demo.Member("checks").EnumerateArray(), c => Assert.True(c.Member("holds").GetBoolean(), c.TextOf("what")));
        Assert.Equal(
            [("AwaitingApproval", 1), ("Escalated", 1), ("Fixed", 6)],
            demo.Member("incidents").EnumerateArray().CountBy(i => i.TextOf("state")!).Select(s => (s.Key, s.Value)).Order());
        Assert.Equal("s3:DeletePublicAccessBlock", Assert.Single(demo.Member("undo").EnumerateArray()).TextOf("operation"));
        Assert.All(JsonPage.Paths(demo), path =>
            Assert.True(JsonPage.Of("demo").Find(path) is not null, $"docs/json.md does not say what '{path}' is."));
        Assert.Contains("Next:", demo.Member("notice").TextOf("text"), StringComparison.Ordinal);
    }
}
