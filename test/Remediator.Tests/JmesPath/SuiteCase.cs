using System.Text.Json;
using Remediator.JmesPath;

namespace Remediator.Tests.JmesPath;

/// <summary>One case of a compliance suite.</summary>
internal sealed record SuiteCase(string File, JsonElement Given, JsonElement Case)
{
    public static IEnumerable<SuiteCase> ReadFolder(string folder) =>
        Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).SelectMany(ReadFile);

    /// <summary>What is wrong; null if nothing is.</summary>
    public string? Failure()
    {
        var expression = Case.GetProperty("expression").GetString()!;
        var expected = Expected();
        var actual = Actual(expression);
        return expected(actual) ? null : $"{Path.GetFileName(File)}: {expression}: gave {actual}, not {Case}";
    }

    private static IEnumerable<SuiteCase> ReadFile(string file) =>
        from @group in JsonElement.Parse(System.IO.File.ReadAllText(file)).EnumerateArray()
        from @case in @group.GetProperty("cases").EnumerateArray()
        select new SuiteCase(file, @group.GetProperty("given"), @case);

    private Func<Outcome, bool> Expected()
    {
        if (Case.TryGetProperty("error", out var error))
        {
            return outcome => outcome.Error == error.GetString();
        }

        return Case.TryGetProperty("result", out var result)
            ? outcome => outcome.Error is null && SameJson.AreSame(result, outcome.Result)
            : outcome => outcome.Error is null;
    }

    private Outcome Actual(string expression)
    {
        try
        {
            return new Outcome(JmesPathExpression.Parse(expression).Evaluate(Given), null);
        }
        catch (JmesPathException e)
        {
            return new Outcome(default, KindOf(e.Error));
        }
    }

    private static string KindOf(JmesPathError error) => error switch
    {
        JmesPathError.Syntax => "syntax",
        JmesPathError.InvalidType => "invalid-type",
        JmesPathError.InvalidArity => "invalid-arity",
        JmesPathError.InvalidValue => "invalid-value",
        _ => "unknown-function",
    };

    private sealed record Outcome(JsonElement Result, string? Error)
    {
        public override string ToString() => Error ?? Result.ToString();
    }
}
