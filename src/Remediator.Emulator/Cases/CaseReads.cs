using System.Text.Json;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Emulator.Cases;

/// <summary>What a case reads itself, apart from the playbook.</summary>
internal sealed class CaseReads(PlaybookCase @case, IAws aws, Scope scope)
{
    public IAws Aws => aws;

    public Scope Scope => scope;

    public Task<JsonElement[]> ChecksAsync(CancellationToken ct) => ReadAsync(@case.Checks.Select(c => c.Read), ct);

    public Task<JsonElement[]> UnrelatedAsync(CancellationToken ct) => ReadAsync(@case.Unrelated, ct);

    /// <summary>Whether the results are those that the case wants after the fix.</summary>
    public bool Hold(JsonElement[] results) => @case.Checks.Zip(results).All(c => c.First.Holds(c.Second, scope));

    public static bool AreSame(JsonElement[] one, JsonElement[] other) =>
        one.Zip(other).All(p => StateComparer.Exact.Same(p.First, p.Second));

    public static string Show(JsonElement[] values) => string.Join(", ", values.Select(v => v.IsNull() ? "null" : v.GetRawText()));

    private async Task<JsonElement[]> ReadAsync(IEnumerable<Query> queries, CancellationToken ct)
    {
        var results = new List<JsonElement>();
        foreach (var query in queries)
        {
            results.Add((await Reader.ReadAsync(query, scope, aws, ct)).State);
        }

        return [.. results];
    }
}
