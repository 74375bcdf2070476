using System.Text.Json;
using System.Text.RegularExpressions;
using Remediator.Aws.Permissions;
using Remediator.Cli.Doctor;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Cli.Doctor;

[Trait("Category", "Slow")]
public sealed class DoctorTests : IDisposable
{
    private readonly HealthyDeployment deployment = new();

    public void Dispose() => deployment.Dispose();

    public static IEnumerable<object[]> Cases => DoctorCases.All.Select((c, i) => new object[] { i, $"{c.Check}: {c.Seen}" });

    [Fact]
    public async Task In_a_deployment_in_which_nothing_is_wrong_every_check_is_ok_and_nothing_is_written()
    {
        var ran = await deployment.RunAsync("--probe");

        Assert.Equal(0, ran.ExitCode);
        Assert.All(Lines(ran), l => Assert.True(l.TextOf("result") is "ok" && l.TextOf("remedy") is "", l.GetRawText()));
        Assert.Equal(AllChecks.List.Select(c => c.Name), Lines(ran).Select(l => l.TextOf("check")).Distinct());
        Assert.Equal((0, 0), (ran.Json.Member("warn").GetInt32(), ran.Json.Member("fail").GetInt32()));
        Assert.Empty(deployment.Cli.Aws.Calls.Distinct().Where(c => !IsRead(c)).Except(["lambda:Invoke"]));
        Assert.Equal(["events:PutEvents", "sts:GetCallerIdentity"], deployment.FunctionAws.Calls.Distinct().Order());
    }

    [Fact]
    public async Task No_event_is_sent_unless_asked_for()
    {
        var ran = await deployment.RunAsync();

        Assert.Equal(0, ran.ExitCode);
        Assert.DoesNotContain("events:PutEvents", deployment.FunctionAws.Calls);
        Assert.DoesNotContain(Lines(ran), l => l.TextOf("check") is "probe");
    }

    [Fact]
    public async Task Function_that_knows_its_sources_and_no_commit_is_of_the_same_version()
    {
        var version = BuildVersion.Text.Split(' ')[0];
        deployment.OnTheWay = a => a.Replace(BuildVersion.Text, $"{version} (sources 12)", StringComparison.Ordinal);

        var ran = await deployment.RunAsync();

        Assert.Equal("ok", Lines(ran).Single(l => l.TextOf("check") is "version").TextOf("result"));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_is_wrong_is_said_with_its_remedy_and_nothing_else_is(int number, string what)
    {
        var wrong = DoctorCases.All[number];
        wrong.Break(deployment);

        var ran = await deployment.RunAsync("--probe");

        var lines = Lines(ran).Where(l => l.TextOf("result") is not "ok").ToList();
        Assert.Contains(lines, l => l.TextOf("check") == wrong.Check && l.TextOf("result") == wrong.Result
            && Regex.IsMatch(l.TextOf("seen")!, wrong.Seen) && Regex.IsMatch(l.TextOf("remedy")!, wrong.Remedy));
        Assert.True(wrong.Spreads || lines.All(l => l.TextOf("check") == wrong.Check), $"{what}: {string.Join('\n', lines)}");
        Assert.Equal(lines.Any(l => l.TextOf("result") is "fail") ? 1 : 0, ran.ExitCode);
    }

    [Fact]
    public void No_check_is_without_a_case_that_fails() =>
        Assert.Empty(AllChecks.List.Select(c => c.Name).Except(DoctorCases.All.Select(c => c.Check)));

    [Fact]
    public async Task A_call_that_is_refused_is_one_line_with_the_permission_and_costs_the_others_nothing()
    {
        await deployment.RunAsync("--probe");
        var operations = deployment.Cli.Aws.Calls.Distinct().Except(["cloudformation:DescribeStacks"]).ToList();
        Assert.InRange(operations.Count, 20, 40);
        foreach (var operation in operations)
        {
            deployment.Cli.Aws.Faults.Clear();
            deployment.Cli.Aws.Faults.Inject(operation, FaultKind.Deny);

            var ran = await deployment.RunAsync("--probe");

            Assert.True(ran.ExitCode is 0 or 1, $"{operation}: {ran.Error}");
            var action = Actions.Of(operation) is [var (name, _), ..] ? name
                : operation is "lambda:Invoke" ? "lambda:InvokeFunction" : operation;
            Assert.Contains(
                Lines(ran), l => l.TextOf("result") is "warn" or "fail" && l.GetRawText().Contains(action, StringComparison.Ordinal));
            Assert.Contains(Lines(ran), l => l.TextOf("result") is "ok");
        }
    }

    [Fact]
    public async Task A_function_of_an_earlier_version_is_said_to_be_one()
    {
        deployment.OnTheWay = _ => """{"outcome":"refused","incident":null,"why":"That is no command"}""";

        var ran = await deployment.RunAsync();

        Assert.Equal(0, ran.ExitCode);
        var line = Lines(ran).Single(l => l.TextOf("check") is "version");
        Assert.Equal("warn", line.TextOf("result"));
        Assert.Matches("of a version that does not say", line.TextOf("seen"));
    }

    [Fact]
    public async Task People_read_each_line_with_what_was_seen_and_a_command_to_paste()
    {
        deployment.Cli.Aws.On("kms:DescribeKey", """{"KeyMetadata":{"KeyState":"Disabled"}}""");

        var ran = await deployment.Cli.RunAsync("doctor", "--stack", "remediator");

        Assert.Equal(1, ran.ExitCode);
        Assert.Matches(@"fail  journal-key +key *\n +The key is Disabled\.\n +> aws kms enable-key --key-id some-key\n", ran.Out);
        Assert.Matches(@"\n\d+ ok, 0 warn, 1 fail\.\n$", ran.Out);
    }

    [Fact]
    public async Task Without_a_stack_it_says_how_to_name_one()
    {
        var ran = await deployment.Cli.RunAsync("doctor");

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("remediator use --stack NAME", ran.Error, StringComparison.Ordinal);
    }

    private static List<JsonElement> Lines(Ran ran) => [.. ran.Json.Member("checks").EnumerateArray()];

    private static bool IsRead(string operation) =>
        Regex.IsMatch(operation, ":(Describe|List|Get|Simulate|Filter)");
}
