using System.Text.Json;
using System.Text.RegularExpressions;
using Remediator.Change.Recorded;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Tests.Change.Recorded.Items;

/// <summary>Items in forms that nobody thought of: what cannot be read ends as a refusal in words, never as a defect.</summary>
[Trait("Category", "Slow")]
public sealed partial class HostileItemTests
{
    private static readonly JsonElement[] WrongValues =
    [
        .. new[]
        {
            "null",
            "[]",
            "{}",
            "\"\"",
            "0",
            "-1",
            "true",
            "\"text\"",
            "\"5\"",
            "[[]]",
            "[null]",
            "[\"text\"]",
            "[{}]",
            "{\"a\":{}}",
        }.Select(Json.Parse),
    ];

    public static TheoryData<RecordedSample> Samples => [.. RecordedSample.All];

    [Fact]
    public void Every_setting_survives_any_value_in_any_place_that_it_reads()
    {
        var runs = 0;
        foreach (var setting in RecordedSettings.All)
        {
            foreach (var path in setting.Step.Recorded!.Outline.Paths)
            {
                foreach (var value in WrongValues)
                {
                    var document = Built([.. Step().Matches(path).Select(m => m.Value.Trim('"'))], value);
                    Refused(() => setting.Step.Recorded!.Evaluate(document, Scope.Empty), $"{setting.Name}: {path} = {value}");
                    runs++;
                }
            }
        }

        Assert.True(runs > 3000, $"only {runs} runs");
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_sample_survives_any_value_in_any_of_its_places(RecordedSample sample)
    {
        var setting = RecordedSettings.Named(sample.Setting);
        var item = sample.Read();
        foreach (var part in new[] { "configuration", "supplementary" })
        {
            foreach (var value in WrongValues)
            {
                foreach (var changed in Changed(item.Document.Member(part), value))
                {
                    var document = Json.Object(
                        item.Document.EnumerateObject().Select(m => KeyValuePair.Create(m.Name, m.Name == part ? changed : m.Value)));
                    Refused(
                        () =>
                            ThreeWay.Merge(
                                new(setting.Step.Recorded!.Evaluate(document, Scope.Empty), sample.State, sample.State), sample.State, []),
                        $"{sample}: {changed}");
                }
            }
        }
    }

    [Theory]
    [InlineData("no configuration", """{"configurationItemStatus":"OK","configurationItemCaptureTime":"2026-10-01T00:00:00Z"}""")]
    [InlineData("null", """{"configurationItemStatus":"OK","configurationItemCaptureTime":1791000000,"configuration":null}""")]
    [InlineData(
        "text that is no JSON",
        """{"configurationItemStatus":"OK","configurationItemCaptureTime":1791000000,"configuration":"{\"a\":"}"""
    )]
    [InlineData(
        "a list",
        """{"configurationItemStatus":"ResourceDiscovered","configurationItemCaptureTime":1791000000,"configuration":"[]"}"""
    )]
    [InlineData("no time", """{"configurationItemStatus":"OK","configuration":"{}"}""")]
    [InlineData(
        "a time that no calendar has",
        """{"configurationItemStatus":"OK","configurationItemCaptureTime":1e300,"configuration":"{}"}"""
    )]
    [InlineData(
        "half a character",
        """{"configurationItemStatus":"OK","configurationItemCaptureTime":1791000000,"configuration":{"a":"\ud800"}}"""
    )]
    [InlineData(
        "half a character in text",
        """{"configurationItemStatus":"OK","configurationItemCaptureTime":1791000000,"configuration":"{\"a\":\"\ud800\"}"}"""
    )]
    [InlineData("no object", "[1]")]
    public void Item_without_content_is_refused(string what, string item)
    {
        var refused = Assert.Throws<UnreadableItemException>(() => ConfigurationItemReader.Read(Json.Parse(item)));

        Assert.True(refused.Message.Length > 20, what);
    }

    [Fact]
    public void An_item_deeper_than_JSON_may_be_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"a":""", 63)) + "1" + new string('}', 63);

        Assert.Throws<UnreadableItemException>(() => ConfigurationItemReader.Read(Json.Object(
        [
            new("configurationItemStatus", Json.Text("OK")),
            new("configurationItemCaptureTime", Json.Text("2026-10-01T00:00:00Z")),
            new("configuration", Json.Text($$"""{"b":{{deep}}}""")),
        ])));
    }

    [Fact]
    public void JSON_in_text_in_text_in_text_is_read()
    {
        var text = """{"a":[1]}""";
        foreach (var _ in Enumerable.Range(0, 3))
        {
            text = Json.Text(text).GetRawText();
        }

        var item = ConfigurationItemReader.Read(
            Json.Parse(
                $$$"""{"configurationItemStatus":"OK","configurationItemCaptureTime":1791000000,"configuration":{{{text}}}"""
                + $$$""","supplementaryConfiguration":{"P":{{{text}}} }}"""
            ));

        Assert.Equal("""{"a":[1]}""", item.Document.Member("configuration").GetRawText());
        Assert.Equal("""{"a":[1]}""", item.Document.Member("supplementary").Member("P").GetRawText());
    }

    [Theory]
    [InlineData(
        "ec2/security-group-rules",
        "ipPermissions",
        """{"ipProtocol":"tcp","fromPort":22,"toPort":22,"ipv4Ranges":[{"cidrIp":"10.0.0.0/8"}]}"""
    )]
    [InlineData(
        "ec2/network-acl-entries",
        "entries",
        """{"ruleNumber":7,"egress":false,"protocol":"6","ruleAction":"allow","cidrBlock":"10.0.0.0/8"}"""
    )]
    [InlineData(
        "ec2/route-table-routes",
        "routes",
        """{"destinationCidrBlock":"10.0.0.0/8","natGatewayId":"nat-1","origin":"CreateRoute"}"""
    )]
    [InlineData("iam/role-attached-policies", "attachedManagedPolicies", """{"policyArn":"arn:aws:iam::aws:policy/A"}""")]
    public void Five_thousand_parts_are_all_there_within_the_work_that_an_expression_may_do(string setting, string member, string part)
    {
        const int Parts = 5_000;
        var document = Json.Parse($$$"""{"configuration":{"{{{member}}}":[{{{string.Join(',', Enumerable.Repeat(part, Parts))}}}]}}""");

        Assert.Equal(Parts, RecordedSettings.Named(setting).Step.Recorded!.Evaluate(document, Scope.Empty).GetArrayLength());
    }

    /// <summary>The exceptions that the pipeline turns into a reason.</summary>
    private static void Refused(Action action, string what)
    {
        try
        {
            action();
        }
        catch (ExpressionException e)
        {
            Assert.DoesNotContain("Exception", e.Message, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{what}: {e}");
        }
    }

    /// <summary>A document with the value at a path.</summary>
    private static JsonElement Built(ReadOnlySpan<string> path, JsonElement value) => path switch
    {
        [] => value,
        ["[]", .. var rest] => Json.List([Built(rest, value)]),
        ["*", .. var rest] => Json.Object([new("any", Built(rest, value))]),
        ["@", .. var rest] => Built(rest, value),
        [var name, .. var rest] => Json.Object([new(name, Built(rest, value))]),
    };

    /// <summary>Copies of the value, in each of which one part is replaced.</summary>
    private static IEnumerable<JsonElement> Changed(JsonElement value, JsonElement other) =>
    [
        other,
        .. value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().SelectMany(m => Changed(m.Value, other).Select(changed =>
                Json.Object(value.EnumerateObject().Select(n => KeyValuePair.Create(n.Name, n.Name == m.Name ? changed : n.Value))))),
            JsonValueKind.Array => value.EnumerateArray().SelectMany((item, at) => Changed(item, other).Select(changed =>
                Json.List(value.EnumerateArray().Select((i, index) => index == at ? changed : i)))),
            _ => Enumerable.Empty<JsonElement>(),
        },
    ];

    [GeneratedRegex("""\"[^"]*\"|\[\]|[^.\[\]"]+""")]
    private static partial Regex Step();
}
