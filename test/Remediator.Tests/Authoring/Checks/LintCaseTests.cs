using System.Text.RegularExpressions;
using Remediator.Authoring.Checks;
using Remediator.Aws;
using Remediator.Playbooks;

namespace Remediator.Tests.Authoring.Checks;

/// <summary>The table of mistakes: at least one for each code, with its report.</summary>
public partial class LintCaseTests
{
    private static readonly LintCase[] All =
    [
        .. FormCases.All,
        .. ExpressionCases.All,
        .. CallCases.All,
        .. PlaybookMistakes.All,
        .. ResourceMistakes.All,
        .. RuleParameterCases.All,
        .. PolicyMistakes.All,
        .. GuideLintTests.Mistakes,
    ];

    /// <summary>Every code in the linter's source.</summary>
    private static IEnumerable<string> Codes => Directory.EnumerateFiles(
        Repository.PathOf("src", "Remediator"), "*.cs", SearchOption.AllDirectories)
        .SelectMany(f => Code().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value))
        .Distinct()
        .Order(StringComparer.Ordinal);

    // Another test proves that every service with a model has its IAM prefix, so PB060 is tested separately below.
    public static TheoryData<LintCase> Cases => [.. All.Where(c => c.Code is not "PB060")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_mistake_is_reported_at_its_place_with_its_remedy(LintCase mistake)
    {
        var problems = mistake.Problems();

        Assert.Equal(
            mistake.Besides.Append(mistake.Code).Order(StringComparer.Ordinal), problems.Select(p => p.Code).Order(StringComparer.Ordinal));
        Reported(mistake, problems.Single(p => p.Code == mistake.Code));
    }

    [Fact]
    public void A_service_whose_actions_are_not_known_is_reported()
    {
        var mistake = All.Single(c => c.Code is "PB060");

        var problems = PermissionCheck.Of(
            new CheckedPlaybook(mistake.Read(), "s3/block.yaml"), isDerivable: o => o is not "s3:GetPublicAccessBlock");

        Reported(mistake, Assert.Single(problems));
    }

    [Fact]
    public void Every_code_has_a_mistake_in_the_table() =>
        Assert.Equal(Codes, All.Select(c => c.Code).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_code_has_a_section_of_the_page() =>
        Assert.Equal(Codes, Section().Matches(File.ReadAllText(Repository.PathOf("docs", "lint.md"))).Select(m => m.Groups[1].Value));

    private static void Reported(LintCase mistake, Problem problem)
    {
        Assert.Equal((mistake.Line, mistake.Column), (problem.At.Line, problem.At.Column));
        Assert.Equal(mistake.IsWarning, problem.IsWarning);
        Assert.All(mistake.Says, part => Assert.Contains(part, problem.Message, StringComparison.Ordinal));
    }

    [GeneratedRegex("\"(P[BO][0-9]{3})\"")]
    private static partial Regex Code();

    [GeneratedRegex("^## (P[BO][0-9]{3}) ", RegexOptions.Multiline)]
    private static partial Regex Section();
}
