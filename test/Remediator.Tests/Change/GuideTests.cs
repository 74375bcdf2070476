using System.Text.Json;
using Moq;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Change;

/// <summary>
/// What a person is given about a rule that no playbook answers: it is read when they are called, decides nothing, and what stands in a
/// command is a word of it and nothing else.
/// </summary>
public sealed class GuideTests : IDisposable
{
    private const string Name = "s3/mfa-delete";
    private const string Rule = "S3_BUCKET_MFA_DELETE_ENABLED";
    private const string Ask = "s3:ListObjectsV2";
    private const string LeftOut =
        "A step is left out here: what it needs could not be read, or may not stand in a message. The text by hand says what it is.";

    private const string Unsure = "Steps may be missing: not all that decides about them could be read.";

    private const string Look = """
          - do: Look at ${evidence.first}.
            run: aws s3api list-objects-v2 --bucket ${resource.id} --prefix ${evidence.first} --optional ${evidence.all}
        """;

    private const string Named = """
          - {show: What it holds, as: first, call: 's3:ListObjectsV2', with: {Bucket: '${resource.id}'}, take: 'Contents[0].Key'}
          - {show: All, as: all, call: 's3:ListObjectsV2', with: {Bucket: '${resource.id}'}, take: 'Contents[].Key'}
        """;

    private const string UsesRule = "  - {do: Copy it., run: 'copy --key ${rule.keys || resource.id}'}\n";

    private readonly string folder = Directory.CreateTempSubdirectory("guides-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Evidence_and_steps_with_the_resources_own_values_are_in_the_notice_and_in_the_journal()
    {
        await using var host = Host("auto", """{"Contents":[{"Key":"orders.csv"},{"Key":"it's; rm -rf $HOME"}]}""");

        var ended = await SendAsync(host);

        AssertOutcome("escalated", ended);
        var notice = Assert.Single(await host.NoticesAsync());
        Assert.Equal(["What it holds: orders.csv", "All: orders.csv", "All: it's; rm -rf $HOME"], Texts(notice.Member("evidence")));
        var step = Assert.Single(notice.Member("byHand").EnumerateArray());
        Assert.Equal("Look at orders.csv.", step.TextOf("do"));
        Assert.Equal(
            @"aws s3api list-objects-v2 --bucket bucket --prefix orders.csv --optional orders.csv 'it'\''s; rm -rf $HOME'",
            step.TextOf("run"));
        Assert.Contains("Only the root user", notice.TextOf("manual"), StringComparison.Ordinal);
        var help = (await host.IncidentOf(ended)).Telling.Help!;
        Assert.Equal([step.TextOf("run")], help.Steps.Select(s => s.Run));
        Assert.Empty(host.Changes());
    }

    [Fact]
    public async Task Where_the_policy_only_observes_nobody_is_called_and_nothing_is_read()
    {
        await using var host = Host("observe", "{}");

        AssertOutcome("observed", await SendAsync(host));

        Assert.DoesNotContain(Ask, host.Calls);
    }

    [Fact]
    public async Task Repeated_finding_is_not_read_again()
    {
        await using var host = Host("auto", """{"Contents":[{"Key":"orders.csv"}]}""");
        var change = await ChangeAsync(host);

        await host.SendAsync(change);
        await host.SendAsync(change.Later(10));

        Assert.Equal(2, host.Calls.Count(c => c == Ask));
    }

    [Fact]
    public async Task Of_many_findings_of_one_cause_only_those_are_read_that_have_a_notice_of_their_own()
    {
        await using var host = Host("auto", """{"Contents":[{"Key":"orders.csv"}]}""");
        await host.UsePolicyAsync("defaults: {mode: auto, owner: platform}\nescalation: {per-hour: 3}");
        var rule = await host.RuleAsync(Rule);

        for (var i = 0; i < 20; i++)
        {
            await host.SendAsync(Some.Change(rule, await host.BucketAsync($"bucket-{i}"), host.Now));
        }

        // Two questions for each notice: an account may always have a few of its own, and the policy's number ends them.
        Assert.InRange(host.Calls.Count(c => c == Ask), 2, 6);
    }

    [Theory]
    [InlineData("Deny", "could not be read: s3:ListObjectsV2 was refused (AccessDenied)")]
    [InlineData("Throttle", "could not be read: s3:ListObjectsV2: SlowDown")]
    public async Task What_cannot_be_read_is_said_and_the_notice_goes_out(string fault, string says)
    {
        await using var host = Host("auto", "{}", "  - do: Sign in as root.\n  - do: Look at ${evidence.first}.\n  - do: Delete it.\n");
        host.Faults.Inject(Ask, Enum.Parse<FaultKind>(fault));

        AssertOutcome("escalated", await SendAsync(host));

        var notice = Assert.Single(await host.NoticesAsync());
        Assert.StartsWith($"What it holds: {says}", Texts(notice.Member("evidence"))[0], StringComparison.Ordinal);
        Assert.Equal(
            ["Sign in as root.", LeftOut, "Delete it.", Unsure], notice.Member("byHand").EnumerateArray().Select(s => s.TextOf("do")));
    }

    [Fact]
    public async Task Question_after_one_that_took_too_long_is_not_begun()
    {
        await using var host = Host("auto", "{}");
        host.Fake.On(Ask, _ =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(21));
            return Json.Parse("""{"Contents":[{"Key":"orders.csv"}]}""");
        });

        await SendAsync(host);

        Assert.Equal(
            ["What it holds: orders.csv", "All: could not be read: the questions before it took too long"],
            Texts(Assert.Single(await host.NoticesAsync()).Member("evidence")));
    }

    [Fact]
    public async Task Defect_in_an_answer_does_not_hold_back_the_notice()
    {
        await using var host = Host("auto", "{}");
        host.Fake.On(Ask, _ => throw new InvalidOperationException("not foreseen"));

        AssertOutcome("escalated", await SendAsync(host));

        Assert.Contains(
            "What it holds: could not be read: a defect in this program",
            Texts(Assert.Single(await host.NoticesAsync()).Member("evidence")));
    }

    [Fact]
    public async Task Resource_that_is_not_found_is_said_to_be_so()
    {
        await using var host = Host("auto", "{}", resolve: """
            resolve:
              first: {call: "s3:ListObjectsV2", with: {Bucket: "${resource.id}"}, take: "Contents[0].Key"}
            """);

        AssertOutcome("escalated", await SendAsync(host));

        var notice = Assert.Single(await host.NoticesAsync());
        Assert.Equal(["The resource: could not be read: s3:ListObjectsV2 does not know it"], Texts(notice.Member("evidence")));
        var step = Assert.Single(notice.Member("byHand").EnumerateArray());
        Assert.Equal((Unsure, ""), (step.TextOf("do"), step.TextOf("run") ?? ""));
    }

    [Theory]
    [InlineData("""{"Contents":[{"Key":"AKIAIOSFODNN7EXAMPLE"}]}""")]
    [InlineData("""{"Contents":[]}""")]
    [InlineData("""{"Contents":[{"Key":"right\u202eleft"}]}""")]
    public async Task Step_without_its_value_or_with_a_secret_or_invisible_one_is_left_out(string answer)
    {
        await using var host = Host("auto", answer);

        await SendAsync(host);

        Assert.Equal(
            [LeftOut], Assert.Single(await host.NoticesAsync()).Member("byHand").EnumerateArray().Select(s => s.TextOf("do")));
    }

    [Fact]
    public async Task Step_is_shown_where_it_applies_and_once_for_each_item()
    {
        await using var host = Host(
            "auto",
            $$"""{"Contents":[{{string.Join(',', "abcdefghi".Select(c => $$"""{"Key":"{{c}}"}"""))}}]}""",
            """
              - {do: Never., when: evidence.first == 'b'}
              - {do: "Take ${item}.", for-each: evidence.all, when: evidence.first == 'a'}
            """);

        await SendAsync(host);

        Assert.Equal(
            ["Take a.", "Take b.", "Take c.", "Take d.", "Take e.", "Take f.", "Take g.", "Take h.", "The same for 1 more."],
            Assert.Single(await host.NoticesAsync()).Member("byHand").EnumerateArray().Select(s => s.TextOf("do")));
    }

    [Fact]
    public async Task Answer_to_a_question_without_a_name_is_shown_and_no_step_sees_it()
    {
        await using var host = Host(
            "auto",
            """{"Contents":[{"Key":"orders.csv"}]}""",
            """  - {do: "Steps see ${length(keys(evidence))} answers."}""",
            evidence: """  - {show: What it holds, call: 's3:ListObjectsV2', with: {Bucket: '${resource.id}'}, take: 'Contents[0].Key'}""");

        var help = (await host.IncidentOf(await SendAsync(host))).Telling.Help!;

        Assert.Equal(["What it holds: orders.csv"], help.Evidence.Lines);
        Assert.Equal(["Steps see 0 answers."], help.Steps.Select(s => s.Do));
    }

    [Fact]
    public async Task Eight_items_are_all_shown()
    {
        await using var host = Host(
            "auto",
            $$"""{"Contents":[{{string.Join(',', "abcdefgh".Select(c => $$"""{"Key":"{{c}}"}"""))}}]}""",
            """  - {do: "Take ${item}.", for-each: evidence.all}""");

        await SendAsync(host);

        var steps = Assert.Single(await host.NoticesAsync()).Member("byHand").EnumerateArray().ToList();
        Assert.Equal(("Take a.", "Take h."), (steps[0].TextOf("do"), steps[^1].TextOf("do")));
        Assert.Equal(8, steps.Count);
        Assert.All(steps, step => Assert.Equal("", step.TextOf("run") ?? ""));
    }

    [Theory]
    [InlineData("AKIAIOSFODNN7EXAMPLE", "  - do: Look at ${evidence.first}.", 0, LeftOut)]
    [InlineData("long", "  - do: Look.\n    run: COMMAND", 4001, LeftOut)]
    [InlineData("long", "  - do: Look.\n    run: COMMAND", 4000, "Look.")]
    public async Task Step_with_a_secret_in_its_sentence_or_a_command_that_is_too_long_is_left_out(
        string key, string next, int length, string shown)
    {
        var run = next.Replace("COMMAND", new string('x', length), StringComparison.Ordinal);
        await using var host = Host("auto", $$"""{"Contents":[{"Key":"{{key}}"}]}""", $"{run}\n  - do: Delete it.");

        var help = (await host.IncidentOf(await SendAsync(host))).Telling.Help!;

        Assert.Equal([shown, "Delete it."], help.Steps.Select(s => s.Do));
        Assert.Equal([shown is LeftOut ? 0 : length, 0], help.Steps.Select(s => s.Run.Length));
    }

    [Fact]
    public async Task What_stands_in_the_place_of_a_step_has_no_command()
    {
        await using var host = Host(
            "auto",
            $$"""{"Contents":[{{string.Join(',', "abcdefghi".Select(c => $$"""{"Key":"{{c}}"}"""))}}]}""",
            """  - {do: "Take ${item}.", run: "echo ${item}", for-each: evidence.all}""");
        var many = (await host.IncidentOf(await SendAsync(host))).Telling.Help!;
        host.Faults.Inject(Ask, FaultKind.Deny, 5);
        var later = Some.Change(await host.RuleAsync(Rule), await host.BucketAsync("other"), host.Now);
        var unread = (await host.IncidentOf(await host.SendAsync(later))).Telling.Help!;

        Assert.Equal(("The same for 1 more.", ""), (many.Steps[^1].Do, many.Steps[^1].Run));
        Assert.Equal("echo a", many.Steps[0].Run);
        Assert.Equal((Unsure, ""), (unread.Steps[^1].Do, unread.Steps[^1].Run));
    }

    [Fact]
    public async Task Rule_that_cannot_be_read_is_said_and_one_that_is_not_used_is_not_read()
    {
        await using var host = Host("auto", "{}", UsesRule);
        var incident = await host.IncidentOf(await SendAsync(host));
        var config = new Mock<IConfigService>(MockBehavior.Strict);
        config.Setup(c => c.RuleAsync(It.IsAny<string>(), It.IsAny<string>(), It.IsAny<RuleRef>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(FakeAws.Error("config:DescribeConfigRules", "AccessDenied", 403));

        var help = (await new GuideReader(host.Fake, new PlaybookLibrary(folder), config.Object, host.Clock).WithAsync(incident, default))
            .Telling.Help!;
        Assert.StartsWith(
            "The resource: could not be read: config:DescribeConfigRules was refused (AccessDenied)",
            Assert.Single(help.Evidence.Lines),
            StringComparison.Ordinal);
        Assert.Equal([Unsure], help.Steps.Select(s => s.Do));

        await using var other = Host("auto", "{}");
        var reader = new GuideReader(other.Fake, new PlaybookLibrary(folder), config.Object, other.Clock);
        var unused = await reader.WithAsync(incident, default);
        Assert.Equal(["What it holds: nothing", "All: nothing"], unused.Telling.Help!.Evidence.Lines);
    }

    /// <summary>A guide is for what no playbook answers; what stopped for another reason has its own words.</summary>
    [Fact]
    public async Task Incident_that_stopped_for_another_reason_has_no_guide()
    {
        await using var host = Host("auto", """{"Contents":[{"Key":"orders.csv"}]}""");
        var incident = await host.IncidentOf(await SendAsync(host));
        var reader = new GuideReader(host.Fake, new PlaybookLibrary(folder), Mock.Of<IConfigService>(), host.Clock);

        Assert.Null((await reader.WithAsync(incident with { Reason = Reason.Flapping }, default)).Telling.Help);
        Assert.NotNull((await reader.WithAsync(incident, default)).Telling.Help);
    }

    [Fact]
    public async Task Parameters_of_the_rule_are_words_of_a_command()
    {
        await using var host = Host("auto", "{}", UsesRule);

        await host.SendAsync(Some.Change(await host.RuleAsync(Rule, """{"keys":"it's a key"}"""), await host.BucketAsync(), host.Now));

        var step = Assert.Single(Assert.Single(await host.NoticesAsync()).Member("byHand").EnumerateArray());
        Assert.Equal(@"copy --key 'it'\''s a key'", step.TextOf("run"));
    }

    [Fact]
    public async Task Guide_that_uses_a_rule_which_is_not_there_any_more_says_so_and_has_no_steps()
    {
        await using var host = Host("auto", "{}", UsesRule);
        var incident = await host.IncidentOf(await SendAsync(host));
        var reader = new GuideReader(Mock.Of<IAwsAccounts>(), new PlaybookLibrary(folder), Mock.Of<IConfigService>(), host.Clock);

        var help = (await reader.WithAsync(incident, default)).Telling.Help!;

        Assert.Equal(["The rule: could not be read: it no longer exists"], help.Evidence.Lines);
        Assert.Equal([Unsure], help.Steps.Select(s => s.Do));
    }

    [Fact]
    public async Task Guide_that_is_broken_does_not_hold_back_the_notice_and_is_said_to_be_so()
    {
        await using var host = Host("auto", "{}");
        await File.WriteAllTextAsync(Path.Combine(folder, Name + PlaybookLibrary.GuideEnding), "rules: []");

        AssertOutcome("escalated", await SendAsync(host));

        var notice = Assert.Single(await host.NoticesAsync());
        Assert.Equal(
            ["The guide: could not be read: its file cannot be used as it is deployed; 'remediator lint' says why"],
            Texts(notice.Member("evidence")));
        Assert.Equal([Unsure], notice.Member("byHand").EnumerateArray().Select(s => s.TextOf("do")));
    }

    private static async Task<Ended> SendAsync(InMemoryHost host) => await host.SendAsync(await ChangeAsync(host));

    private static async Task<ComplianceChange> ChangeAsync(InMemoryHost host) =>
        Some.Change(await host.RuleAsync(Rule), await host.BucketAsync(), host.Now);

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(e => e.GetString()!)];

    private InMemoryHost Host(string mode, string answer, string next = Look, string resolve = "", string evidence = Named)
    {
        var host = new InMemoryHost();
        host.Fake.On(Ask, answer);
        var guide = $$$"""
            rules: [{{{Rule}}}]
            resource: AWS::S3::Bucket
            {{{resolve}}}
            evidence:
            {{{evidence}}}
            next:
            {{{next}}}
            """;
        Directory.CreateDirectory(Path.Combine(folder, "s3"));
        File.WriteAllText(Path.Combine(folder, Name + PlaybookLibrary.GuideEnding), guide);
        File.WriteAllText(
            Path.Combine(folder, PlaybookLibrary.IndexFile),
            PlaybookLibrary.Index([], [PlaybookReader.ReadGuide(Name, Name, guide)]));
        host.UsePlaybooks(folder);
        host.UsePolicyAsync($"defaults: {{mode: {mode}, owner: platform, environment: test}}").Wait();
        return host;
    }
}
