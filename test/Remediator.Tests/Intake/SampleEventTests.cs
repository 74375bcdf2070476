using System.Text.Json;
using Remediator.Intake;
using Remediator.Values;

namespace Remediator.Tests.Intake;

/// <summary>Events as AWS Config sends them: the project's own, and those in a folder that REMEDIATOR_EVENT_SAMPLES names.</summary>
public sealed class SampleEventTests
{
    public static TheoryData<string> Files =>
        [.. Folders().SelectMany(f => Directory.EnumerateFiles(f, "*.json")).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_sample_gives_what_its_text_says(string file)
    {
        var body = File.ReadAllBytes(file);
        var e = JsonElement.Parse(body);
        var (detail, result) = (e.Member("detail"), e.Member("detail").Member("newEvaluationResult"));

        var change = Assert.IsType<Received.Change>(EventReader.Read(body, EventReaderTests.Now)).Of;

        Assert.Equal(
            new(e.TextOf("account")!, e.TextOf("region")!, detail.TextOf("resourceType")!, detail.TextOf("resourceId")!), change.Resource);
        Assert.Equal(new(detail.TextOf("configRuleName")!, detail.TextOf("configRuleARN")!), change.Rule);
        Assert.Equal(result.Member("resultRecordedTime").GetDateTimeOffset(), change.RecordedAt);
        Assert.Equal(result.TextOf("annotation")?.Trim(), change.Annotation);
    }

    private static IEnumerable<string> Folders()
    {
        yield return Path.Combine(AppContext.BaseDirectory, "Intake", "Samples");
        if (Environment.GetEnvironmentVariable("REMEDIATOR_EVENT_SAMPLES") is { Length: > 0 } folder && Directory.Exists(folder))
        {
            yield return folder;
        }
    }
}
