using System.Text.Json;
using System.Text.RegularExpressions;
using Remediator.Emulator;

namespace Remediator.EndToEnd.Tests.Template;

/// <summary>What a deployment changes, and what can stop it.</summary>
public sealed partial class DeploymentTests(TransformedTemplate template) : IClassFixture<TransformedTemplate>
{
    private static readonly string[] Functions = ["RemediateFunction", "SweepFunction", "OperateFunction"];

    [Theory]
    [MemberData(nameof(Parameters))]
    public async Task A_new_value_of_a_parameter_that_reaches_a_function_makes_a_new_version(string parameter, string value)
    {
        var (before, after) = (template.Resources, await template.WithAsync("template.yaml", $"{parameter}={value}"));

        Assert.All(Functions, function =>
        {
            var reaches = References(template.Properties(function)).Contains(parameter);
            Assert.Equal(reaches, Version(before, function) != Version(after, function));
            // The alias points to that version.
            Assert.Equal(
                Version(after, function),
                after
                    .GetProperty($"{function}Aliaslive")
                    .GetProperty("Properties")
                    .GetProperty("FunctionVersion")
                    .GetProperty("Fn::GetAtt")[0]
                    .GetString());
        });
    }

    [Fact]
    public void Tracing_stays_PassThrough_unless_it_is_asked_for() => Assert.All(Functions, function =>
    {
        var select = template.Properties(function).GetProperty("TracingConfig").GetProperty("Mode").GetProperty("Fn::Select");
        Assert.Equal(0, select[0].GetInt32());
        Assert.Equal(
            ["MakesTraces", "Active", "PassThrough"],
            select[1][0].GetProperty("Fn::If").EnumerateArray().Select(v => v.GetString()));
        Assert.Equal("off", template.Parameters.GetProperty("Traces").GetProperty("Default").GetString());
    });

    [Fact]
    public void Every_schedule_that_may_be_chosen_sweeps_twice_at_least_in_the_time_that_an_alarm_looks_at()
    {
        var slowest = template.Parameters.GetProperty("SweepSchedule").GetProperty("AllowedValues").EnumerateArray()
            .Max(v => int.Parse(Rate().Match(v.GetString()!).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));

        Assert.All(
            (string[])["SweepStoppedAlarm", "SweepFailuresAlarm", "SweepLagAlarm"],
            alarm => Assert.True(template.Properties(alarm).GetProperty("Period").GetInt32() >= 2 * slowest * 60, alarm));
    }

    [Fact]
    public void Deployment_that_fixes_the_cause_of_an_alarm_can_be_let_through()
    {
        var alarms = template.Properties("RemediateFunctionDeploymentGroup").GetProperty("AlarmConfiguration").GetProperty("Fn::If");

        Assert.Equal("WatchesDeployments", alarms[0].GetString());
        Assert.Equal(2, alarms[1].GetProperty("Alarms").GetArrayLength());
        Assert.Empty(alarms[2].EnumerateObject());
        Assert.Equal("watched", template.Parameters.GetProperty("DeploymentAlarms").GetProperty("Default").GetString());
        Assert.Contains("DeploymentAlarms=ignored", File.ReadAllText(Repository.At("docs", "operating.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Buttons_in_chat_are_made_only_where_they_are_asked_for()
    {
        var actions = template.Resources.EnumerateObject()
            .Where(r => r.Value.GetProperty("Type").GetString() == "AWS::Chatbot::CustomAction")
            .ToList();

        Assert.Equal(4, actions.Count);
        Assert.All(actions, a => Assert.Equal("MakesChatActions", a.Value.GetProperty("Condition").GetString()));
        Assert.Equal("left-out", template.Parameters.GetProperty("MakeChatActions").GetProperty("Default").GetString());
    }

    /// <summary>Each parameter with a value other than its default.</summary>
    public static TheoryData<string, string> Parameters => new()
    {
        { "EscalationEmail", "a@example.com" },
        { "AlarmTopicArn", "arn:aws:sns:eu-west-1:111111111111:a" },
        { "OperatorRoleArns", "arn:aws:iam::111111111111:role/a" },
        { "MemberRoleName", "RemediatorMember" },
        { "MemberExternalId", "one" },
        { "OrganizationId", "o-abcdefghij" },
        { "MemberAccountIds", "222222222222" },
        { "EnvironmentName", "staging" },
        { "JournalUnsealedUntil", "2027-01-01T00:00:00Z" },
        { "MaximumConcurrency", "6" },
        { "SweepSchedule", "rate(10 minutes)" },
        { "DeploymentType", "AllAtOnce" },
        { "DeploymentAlarms", "ignored" },
        { "SessionPolicies", "off" },
        { "Architecture", "arm64" },
        { "PermissionsBoundaryArn", "arn:aws:iam::111111111111:policy/boundary" },
        { "LogLevel", "Debug" },
        { "LogRetentionDays", "30" },
        { "MakeDashboard", "left-out" },
        { "MakeChatActions", "made" },
        { "Traces", "xray" },
    };

    [Fact]
    public void Every_parameter_is_tried() => Assert.Equal(
        template.Parameters.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal),
        Parameters.Select(row => (string)row[0]).Order(StringComparer.Ordinal));

    private static string Version(JsonElement resources, string function) => Assert.Single(
        resources.EnumerateObject(),
        r =>
            r.Value.GetProperty("Type").GetString() == "AWS::Lambda::Version"
                && r.Name.StartsWith(function, StringComparison.Ordinal)).Name;

    /// <summary>Names that a part of the template refers to, except those that Tracing lists for the sake of the version.</summary>
    private static IEnumerable<string> References(JsonElement node, string? name = null) => node.ValueKind switch
    {
        JsonValueKind.Object when name is "TracingConfig" => [],
        JsonValueKind.Object when node.TryGetProperty("Ref", out var to) => [to.GetString()!],
        JsonValueKind.Object => node.EnumerateObject().SelectMany(m => References(m.Value, m.Name)),
        JsonValueKind.Array => node.EnumerateArray().SelectMany(i => References(i)),
        JsonValueKind.String when name is "Fn::Sub" => Hole().Matches(node.GetString()!).Select(m => m.Groups[1].Value),
        _ => [],
    };

    [GeneratedRegex(@"rate\((\d+) minutes?\)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"\$\{([A-Za-z0-9]+)\}")]
    private static partial Regex Hole();
}
