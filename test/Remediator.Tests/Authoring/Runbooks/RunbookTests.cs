using System.Reflection;
using Remediator.Authoring.Runbooks;
using Remediator.Emulator;
using Remediator.Escalate;
using Remediator.Incidents;
using Remediator.Tests.Documentation;

namespace Remediator.Tests.Authoring.Runbooks;

/// <summary>Each reason and alarm has a page, and each page belongs to one.</summary>
public sealed class RunbookTests
{
    private static readonly string Template = Documents.Read("template.yaml");

    [Fact]
    public void Every_reason_and_every_alarm_has_its_page_and_there_is_no_other()
    {
        var alarms = Template.Split('\n')
            .Where(l => l.StartsWith("  ", StringComparison.Ordinal) && l.EndsWith("Alarm:", StringComparison.Ordinal))
            .Select(l => l.Trim().TrimEnd(':'));
        var notices = ServiceNotice.Reasons.Select(r => r.Reason);
        var names = Enum.GetValues<Reason>().Select(r => r.Name()).Union(notices).Concat(alarms).Append("README");

        var pages = Directory.EnumerateFiles(Repository.At("docs", "runbooks")).Select(f => Path.GetFileNameWithoutExtension(f)!);

        Assert.Equal(names.Order(StringComparer.Ordinal), pages.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_notice_about_more_than_one_incident_is_among_them()
    {
        var constants = typeof(ServiceNotice).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral)
            .Select(f => (string)f.GetRawConstantValue()!);

        Assert.Equal(
            constants.Where(c => !c.EndsWith("_closed", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            ServiceNotice.Reasons.Select(r => r.EventType).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_reason_or_an_alarm_without_a_text_and_a_text_about_neither_are_refused()
    {
        var (texts, alarms) = (RunbookText.All, TemplateAlarm.Of(Template));
        RunbookPages.Of(texts, alarms);

        Assert.Contains("about flapping", Refused(() => RunbookPages.Of([.. texts.Where(t => t.Name is not "flapping")], alarms)));
        Assert.Contains("about NewAlarm", Refused(() => RunbookPages.Of(texts, [.. alarms, new("NewAlarm", [])])));
        Assert.Contains(
            "about SweepStoppedAlarm", Refused(() => RunbookPages.Of(texts, [.. alarms.Where(a => a.Name is not "SweepStoppedAlarm")])));
    }

    [Theory]
    [InlineData("means a", "do b", "there must be one line 'heals'")]
    [InlineData("means a", "look a command", "a look is a command")]
    [InlineData("means a", "meaning b", "no word of a runbook")]
    public void A_section_that_is_not_whole_is_refused(string one, string other, string says) =>
        Assert.Contains(says, Refused(() => RunbookText.Read(["= name", one, other])));

    [Fact]
    public void Redrive_is_said_only_of_a_queue_that_SQS_itself_fills()
    {
        var redriven = RunbookText.All.Where(t =>
            t.Steps.Any(step => step.Contains("start-message-move-task", StringComparison.Ordinal)));

        Assert.NotEmpty(redriven);
        Assert.All(redriven, t =>
        {
            var queue = t.Name.Replace("Alarm", "", StringComparison.Ordinal);
            Assert.Contains($"deadLetterTargetArn: !GetAtt {queue}.Arn", Template, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_text_says_where_to_look_and_what_to_do() =>
        Assert.All(RunbookText.All, t => Assert.True(t.Looks.Length > 0 && t.Steps.Length > 0, t.Name));

    [Fact]
    public void The_facts_of_an_alarm_are_those_of_the_template()
    {
        var alarm = Assert.Single(TemplateAlarm.Of("""
              SomeAlarm:
                Type: AWS::CloudWatch::Alarm
                Properties:
                  AlarmDescription: words
                  Metrics:
                    - Id: many
                      Expression: IF(one >= 4, one, 0)
                      MetricStat:
                        Metric: { Namespace: Remediator, MetricName: Age, Dimensions: [{ Name: Environment, Value: x }] }
                  Threshold: 3600

              Other:
                Type: AWS::SQS::Queue

            """.ReplaceLineEndings("\n")));

        Assert.Equal("SomeAlarm", alarm.Name);
        Assert.Equal(
            [("Namespace", "Remediator"), ("MetricName", "Age"), ("Expression", "IF(one >= 4, one, 0)"), ("Threshold", "3600")],
            alarm.Facts.AsEnumerable());
    }

    [Fact]
    public void Every_alarm_names_its_page() => Assert.All(
        TemplateAlarm.Of(Template), a => Assert.Contains($"See docs/runbooks/{a.Name}.md.", Template, StringComparison.Ordinal));

    [Fact]
    public void Every_command_of_remediator_in_them_exists()
    {
        var outside = new Remediator.Cli.Outside(TextReader.Null, TextWriter.Null, TextWriter.Null, _ => null, TimeProvider.System);
        var root = Remediator.Cli.Commands.CommandLine.Build(outside);
        var commands = RunbookText.All.SelectMany(t => t.Looks)
            .Select(l => l.Command)
            .Where(c => c.StartsWith("remediator ", StringComparison.Ordinal));

        Assert.All(commands, c => Assert.Empty(root.Parse(c.Split(' ')[1..]).Errors));
    }

    private static string Refused(Action work) => Assert.Throws<InvalidDataException>(work).Message;
}
