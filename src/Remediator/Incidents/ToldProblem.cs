using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Remediator.Values;

namespace Remediator.Incidents;

/// <summary>A problem that one notice speaks for, as long as it goes on.</summary>
/// <param name="Id">By its cause.</param>
/// <param name="Owner">The team that was told.</param>
/// <param name="Count">How many incidents it was told of.</param>
/// <param name="Since">When it was told first: its thread.</param>
/// <param name="At">When it was told last.</param>
internal sealed record ToldProblem(string Id, string Owner, int Count, DateTimeOffset Since, DateTimeOffset At)
{
    /// <summary>The cause in words; empty where an earlier version told it.</summary>
    public string Says { get; init; } = "";

    /// <summary>That of the most severe incident.</summary>
    public Severity Severity { get; init; } = Severity.Warning;

    /// <summary>Where it was told for.</summary>
    public string Environment { get; init; } = "";

    /// <summary>The team that was called because nobody took it on; null where none was.</summary>
    public string? Further { get; init; }

    /// <summary>How many steps of the policy's reminders are over.</summary>
    public int Reminders { get; init; }

    /// <summary>The bookmark of those that go on.</summary>
    public const string Bookmark = "problems";

    /// <summary>The bookmark of when an incident was left to a problem's notice last.</summary>
    public const string Joined = "problems joined";

    public string Key => $"remediator/{Id}/{Since:yyyyMMddHHmmss}";

    public static ImmutableArray<ToldProblem> Read(string? text) => text is null ? [] :
    [
        .. Json.Parse(text).EnumerateArray().Select(p => new ToldProblem(
            p.TextOf("id") ?? "", p.TextOf("owner") ?? "", p.Member("count").GetInt32(), Time(p, "since"), Time(p, "at"))
        {
            Says = p.TextOf("says") ?? "",
            Severity = SeverityNames.Of(p.TextOf("severity")),
            Environment = p.TextOf("environment") ?? "",
            Further = p.TextOf("further"),
            Reminders = p.Member("reminders") is { ValueKind: JsonValueKind.Number } reminders ? reminders.GetInt32() : 0,
        }),
    ];

    public static string Write(IEnumerable<ToldProblem> problems) => Json.Write(w =>
    {
        w.WriteStartArray();
        foreach (var problem in problems)
        {
            w.WriteStartObject();
            w.WriteString("id"u8, problem.Id);
            w.WriteString("owner"u8, problem.Owner);
            w.WriteNumber("count"u8, problem.Count);
            w.WriteString("since"u8, problem.Since.ToString("O", CultureInfo.InvariantCulture));
            w.WriteString("at"u8, problem.At.ToString("O", CultureInfo.InvariantCulture));
            w.WriteString("says"u8, problem.Says);
            w.WriteString("severity"u8, problem.Severity.Name());
            w.WriteString("environment"u8, problem.Environment);
            w.WriteNumber("reminders"u8, problem.Reminders);
            if (problem.Further is { } further)
            {
                w.WriteString("further"u8, further);
            }

            w.WriteEndObject();
        }

        w.WriteEndArray();
    }).GetRawText();

    private static DateTimeOffset Time(JsonElement of, string name) =>
        DateTimeOffset.Parse(of.TextOf(name) ?? "", CultureInfo.InvariantCulture);
}
