using System.Text.RegularExpressions;
using Remediator.Cli;
using Remediator.Cli.Commands;
using Remediator.Emulator;
using Remediator.Escalate;
using Remediator.Incidents;
using Remediator.Testing;

namespace Remediator.Tests.Documentation;

public partial class OperatingTests
{
    [Fact]
    public void Every_setting_that_the_code_reads_is_described()
    {
        var settings = Directory.EnumerateFiles(Repository.At("src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(f => Settings().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value.TrimEnd('_')))
            .Distinct();

        Assert.All(settings.Append("NO_COLOR"), s => Assert.Contains($"`{s}", Documents.Operating, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_setting_that_the_template_gives_is_read_and_described()
    {
        var given = TemplateSettings().Matches(Documents.Read("template.yaml")).Select(m => m.Groups[1].Value).Distinct().ToList();
        var read = Directory.EnumerateFiles(Documents.At("src"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText).ToList();

        Assert.NotEmpty(given);
        Assert.All(given, s => Assert.Contains($"\n| `{s}` |", Documents.Operating, StringComparison.Ordinal));
        Assert.All(given, s => Assert.Contains(read, text => text.Contains($"\"{s}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_command_has_its_line()
    {
        var outside = new Outside(TextReader.Null, TextWriter.Null, TextWriter.Null, _ => null, TimeProvider.System);
        var commands = CommandLine.Build(outside).Subcommands.Select(c => c.Name).ToList();
        var rows = CommandRows().Matches(Documents.Operating).Select(m => m.Value).ToList();

        Assert.Contains("undo", commands);
        Assert.All(commands, c => Assert.Contains(rows, row => Regex.IsMatch(row, $"`remediator {c}[ `]")));
    }

    [Fact]
    public void Every_reason_has_its_line() =>
        Assert.All(Enum.GetValues<Reason>(), r => Assert.Contains($"\n| `{r.Name()}` | ", Documents.Operating, StringComparison.Ordinal));

    [Fact]
    public void Every_kind_of_notice_has_its_line() => Assert.All(Enum.GetValues<NoticeKind>(), kind =>
        Assert.Matches($@"\n\| {kind} \| `{Notice.EventType(kind)}` \|", Documents.Operating));

    [Theory]
    [InlineData(ServiceNotice.BreakerOpen)]
    [InlineData(ServiceNotice.BreakerClosed)]
    [InlineData(ServiceNotice.StormSummary)]
    [InlineData(ServiceNotice.RolloutHeld)]
    [InlineData(ServiceNotice.ProblemOpen)]
    [InlineData(ServiceNotice.ProblemClosed)]
    public void Every_kind_of_service_notice_has_its_line(string kind) =>
        Assert.Contains($" | `{kind}` | ", Documents.Operating, StringComparison.Ordinal);

    [Theory]
    [InlineData("^  ([A-Za-z]+Alarm):$")]
    [InlineData("^  ([A-Z][A-Za-z]+):\n    Type: (?:String|Number)$")]
    public void Every_alarm_and_every_parameter_of_the_template_is_described(string pattern)
    {
        var names = Regex.Matches(Documents.Read("template.yaml"), pattern, RegexOptions.Multiline).Select(m => m.Groups[1].Value).ToList();

        Assert.NotEmpty(names);
        Assert.All(names, n => Assert.Contains($"`{n}`", Documents.Operating, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_exit_code_has_its_line() => Assert.All(
        ExitCodeLines().Matches(ExitCodes.Help).Select(m => (Code: m.Groups[1].Value, Says: m.Groups[2].Value)),
        line => Assert.Contains($"\n| {line.Code} | {line.Says} |", Documents.Operating, StringComparison.Ordinal));

    [Fact]
    public void Every_outcome_is_named() => Assert.All(
        Quoted().Matches(Documents.Read("src", "Remediator", "Outcome.cs")).Select(m => m.Groups[1].Value),
        outcome => Assert.Contains($"`{outcome}`", Documents.Operating, StringComparison.Ordinal));

    [Fact]
    public void Every_state_has_its_line_in_the_architecture() => Assert.All(
        Enum.GetValues<IncidentState>(),
        state => Assert.Contains($"\n| `{state}` | ", Documents.Read("docs", "architecture.md"), StringComparison.Ordinal));

    [GeneratedRegex("\"((?:REMEDIATOR|AWS)_[A-Z_]+)\"")]
    private static partial Regex Settings();

    [GeneratedRegex("^ +(REMEDIATOR_[A-Z_]+):", RegexOptions.Multiline)]
    private static partial Regex TemplateSettings();

    [GeneratedRegex(@"^\| `remediator [^|]+\|", RegexOptions.Multiline)]
    private static partial Regex CommandRows();

    [GeneratedRegex(@"^\s+(\d+)\s+(.*?)\s*$", RegexOptions.Multiline)]
    private static partial Regex ExitCodeLines();

    [GeneratedRegex("=> \"([a-z-]+)\"")]
    private static partial Regex Quoted();
}
