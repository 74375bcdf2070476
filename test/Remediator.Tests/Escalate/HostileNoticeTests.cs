using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Remediator.Aws;
using Remediator.Decide;
using Remediator.Escalate;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Values;

namespace Remediator.Tests.Escalate;

/// <summary>
/// Text in notices that an attacker may choose (resource names, AWS error messages) cannot change the rest of the notice.
/// </summary>
public sealed class HostileNoticeTests
{
    private static readonly string[] Pieces =
    [
        "'",
        "\"",
        "`",
        "\\",
        "\n",
        "\r\n",
        "\t",
        "\0",
        "\u001b[31m",
        "\u202e",
        "\u200b",
        "\u2028",
        "\ud83d",
        "\U0001F600",
        "<!channel>",
        "<@U1|x>",
        "[a](https://evil.example/x)",
        "https://evil.example",
        "*b*",
        "_i_",
        "~s~",
        "${x}",
        "$(id)",
        ";rm -rf /",
        " ",
        "a",
        "Z",
        "9",
        "é",
        "*",
        "?",
        "&amp;",
        "\nKey: forged",
        "\"}",
        "}}",
        "#",
        ": ",
        "- ",
        "%n",
    ];

    private static readonly Gen<string> Text = Gen.Elements(Pieces).ArrayOf().Select(parts => string.Concat(parts))
        .Select(t => t.Length > 700 ? t[..700] : t);

    private static readonly Gen<Notice> Notices =
        from id in Text
        from annotation in Text
        from why in Text
        from rule in Text
        from owner in Text
        from reason in Gen.Elements(Enum.GetValues<Reason>())
        from kind in Gen.Elements(Enum.GetValues<NoticeKind>())
        from function in Gen.OneOf(Gen.Constant("remediator-Operate"), Text)
        select new Notice(kind, SomeIncident(id, annotation, why, rule, owner, reason)) { Operate = new(function, "us-east-1") };

    [Fact]
    public void Text_from_outside_stays_in_its_place_in_every_format() => FsCheck.Check.One(
        Samples.Cases(400).WithEndSize(40),
        Prop.ForAll(Notices.ToArbitrary(), notice =>
        {
            foreach (var message in Messages(notice))
            {
                AssertWhole(message);
            }
        }));

    [Fact]
    public void Quoted_id_in_a_command_is_the_original_id() => FsCheck.Check.One(
        Samples.Cases(400).WithEndSize(40),
        Prop.ForAll(Notices.ToArbitrary(), notice =>
        {
            foreach (var step in NextSteps.Of(notice))
            {
                var words = PosixWords.Of(step.Command);
                Assert.Contains(words[0], (string[])["remediator", "aws"]);
                Assert.True(words[0] is not "remediator" || words[2] == notice.Incident.Id, step.Command);
                AssertInvocation(notice, step);
                var at = words.IndexOf("--resource-id");
                Assert.True(at < 0 || words[at + 1] == notice.Incident.Resource.Id, step.Command);
            }
        }));

    [Fact]
    public void Exemption_that_is_proposed_is_for_this_rule_account_and_resource_only() =>
        FsCheck.Check.One(
            Samples.Cases(200).WithEndSize(40),
            Prop.ForAll(
                Notices
                    .Where(n => n.Kind is NoticeKind.Escalation && IsName(n.Incident.Resource.Id) && IsName(n.Incident.Rule.Name))
                    .ToArbitrary(),
                notice =>
                {
                    var line = NextSteps.Exemption(notice.Incident).Command;
                    var policy = PolicyReader.Read(
                        "policy.yaml", $"exemptions:\n  {line[line.IndexOf("- {", StringComparison.Ordinal)..]}\n");
                    var (resource, rule) = (notice.Incident.Resource, notice.Incident.Rule.Name);

                    var match = Assert.Single(policy.Exemptions).Match;
                    Assert.True(match.Matches(new(resource, rule, "")), line);
                    Assert.False(match.Matches(new(resource with { Id = resource.Id + "x" }, rule, "")), line);
                    Assert.False(match.Matches(new(resource with { Account = "999999999999" }, rule, "")), line);
                    Assert.False(match.Matches(new(resource, rule + "x", "")), line);
                }));

    [Theory]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("$(id)", "'$(id)'")]
    [InlineData("vol-1", "vol-1")]
    [InlineData("", "''")]
    [InlineData("a\nb", null)]
    [InlineData("a\u202eb", null)]
    public void Word_of_a_command_is_quoted(string text, string? word) => Assert.Equal(word, ShellWord.Quote(text));

    /// <summary>The shell runs one AWS CLI command about this incident, for this function and no other.</summary>
    private static void AssertInvocation(Notice notice, NextStep step)
    {
        if (step.WithoutTool is not { } line)
        {
            return;
        }

        var words = PosixWords.Of(line);
        var payload = Json.Parse(words[words.IndexOf("--payload") + 1]);
        Assert.Equal(["aws", "lambda", "invoke", "--function-name", $"{notice.Operate!.Name}:live", "--region", "us-east-1"], words[..7]);
        Assert.Equal("/dev/stdout", words[^1]);
        Assert.Equal(12, words.Count);
        Assert.Equal(notice.Incident.Id, payload.TextOf("incident"));
        Assert.StartsWith($"remediator {payload.TextOf("command")} {notice.Incident.Id}", step.Command, StringComparison.Ordinal);
    }

    private static bool IsName(string text) => text.Length > 0 && text == PlainText.Whole(text);

    private static void AssertWhole(Message message)
    {
        Assert.InRange(message.Subject.Length, 1, 99);
        Assert.All(message.Subject, c => Assert.InRange(c, ' ', '~'));
        Assert.InRange(
            Encoding.UTF8.GetByteCount(
                Json.Object(message.ByProtocol.Select(p => KeyValuePair.Create(p.Key, Json.Text(p.Value)))).GetRawText()),
            1,
            256 * 1024);
        foreach (var (protocol, text) in message.ByProtocol)
        {
            Assert.All(text, c => Assert.True(c is '\n' or '\r' || !char.IsControl(c), $"{protocol}: {(int)c:x}"));
            Assert.True(
                protocol is "https" or "sqs" or "lambda" || text[0] is '{' || !text.Contains('\u202e', StringComparison.Ordinal), protocol);
        }

        if (message.ByProtocol.TryGetValue("https", out var chat))
        {
            AssertChat(Json.Parse(chat));
            Assert.Equal("1", Json.Parse(message.ByProtocol["sqs"]).TextOf("version"));
            Assert.Single(message.ByProtocol["email"].Split('\n'), line => line.StartsWith("Key:", StringComparison.Ordinal));
        }
    }

    private static void AssertChat(JsonElement chat)
    {
        var content = chat.Member("content");
        string[] texts =
        [
            content.TextOf("title")!,
            content.TextOf("description")!,
            .. content.Member("nextSteps").EnumerateArray().Select(s => s.GetString()!),
        ];
        Assert.All(texts, text =>
        {
            Assert.DoesNotContain('<', text);
            Assert.DoesNotContain('\u202e', text);
            // Outside code spans: no link, no mention, no forged markup.
            var outside = string.Concat(text.Split('`').Where((_, i) => i % 2 == 0));
            Assert.DoesNotContain("://", outside, StringComparison.Ordinal);
            Assert.DoesNotContain("](", outside, StringComparison.Ordinal);
            Assert.DoesNotContain('@', outside);
            Assert.True(text.Count(c => c is '`') % 2 == 0, text);
        });
    }

    private static IEnumerable<Message> Messages(Notice notice) => new EscalationTopics("arn:people", "arn:machines")
        .Messages(lines => IncidentFacts.Of(notice, lines), notice.Routes);

    private static Incident SomeIncident(string id, string annotation, string why, string rule, string owner, Reason reason)
    {
        var incident = SomeNotice.Of(reason, isAsked: false);
        return incident with
        {
            Origin = incident.Origin with
            {
                Resource = incident.Resource with { Id = id },
                Rule = new(rule, "arn:" + rule),
                Annotation = annotation,
            },
            Terms = incident.Terms with { Owner = owner, Environment = owner, RuleIdentifier = rule },
            Detail = why,
            Change = incident.Change is { } change ? change with { Plan = new([Hostile(PlainText.Whole(why))]) } : null,
        };
    }

    private static StepPlan Hostile(string text) =>
        new()
        {
            Step = "setting",
            Before = Json.Object([KeyValuePair.Create("Name", Json.Text("a"))]),
            After = Json.Object([KeyValuePair.Create("Name", Json.Text(text))]),
            Calls =
            [
                .. Enumerable.Repeat(
                    new PlannedCall("s3:PutBucketTagging", Json.Object([KeyValuePair.Create("Name", Json.Text(text))])), 60),
            ],
        };
}
