using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Decide;
using Remediator.Values;

namespace Remediator.Cli.Accounts;

/// <summary>Which tags of an account say what.</summary>
/// <param name="Team">The tag that names the team; null where none does.</param>
/// <param name="Environment">The tag that names the environment; null where none does.</param>
/// <param name="Values">The tags that are kept as values, each under its key.</param>
internal sealed record AccountTags(string? Team, string? Environment, ImmutableArray<(string Key, string Tag)> Values)
{
    public bool IsEmpty => Team is null && Environment is null && Values.IsEmpty;
}

/// <summary>Reads the active accounts of an organization: names, the paths of their units, and what their tags say.</summary>
internal sealed class OrganizationReader(IAws aws, AccountTags tags)
{
    public async Task<ImmutableArray<Account>> ReadAsync(CancellationToken ct)
    {
        var found = ImmutableArray.CreateBuilder<Account>();
        await foreach (var root in ListAsync("organizations:ListRoots", Json.EmptyObject, "Roots", ct))
        {
            await ReadAsync(root.TextOf("Id")!, root.TextOf("Name") ?? "Root", found, ct);
        }

        return [.. found.OrderBy(a => a.Id, StringComparer.Ordinal)];
    }

    private async Task ReadAsync(string parent, string path, ImmutableArray<Account>.Builder found, CancellationToken ct)
    {
        var of = Json.Object([KeyValuePair.Create("ParentId", Json.Text(parent))]);
        await foreach (var account in ListAsync("organizations:ListAccountsForParent", of, "Accounts", ct))
        {
            if (account.TextOf("Status") is "ACTIVE" && account.TextOf("Id") is { } id)
            {
                found.Add(await WithTagsAsync(new(id) { Name = Line(account.TextOf("Name")), Unit = path }, ct));
            }
        }

        await foreach (var unit in ListAsync("organizations:ListOrganizationalUnitsForParent", of, "OrganizationalUnits", ct))
        {
            await ReadAsync(unit.TextOf("Id")!, $"{path}/{Line(unit.TextOf("Name"))}", found, ct);
        }
    }

    private async Task<Account> WithTagsAsync(Account account, CancellationToken ct)
    {
        if (tags.IsEmpty)
        {
            return account;
        }

        var own = new Dictionary<string, string>(StringComparer.Ordinal);
        var of = Json.Object([KeyValuePair.Create("ResourceId", Json.Text(account.Id))]);
        await foreach (var tag in ListAsync("organizations:ListTagsForResource", of, "Tags", ct))
        {
            if (Line(tag.TextOf("Value")) is { Length: > 0 } value)
            {
                own[tag.TextOf("Key") ?? ""] = value;
            }
        }

        return account with
        {
            Team = tags.Team is { } team ? own.GetValueOrDefault(team) : null,
            Environment = tags.Environment is { } environment ? own.GetValueOrDefault(environment) : null,
            Values = tags.Values.Where(v => own.ContainsKey(v.Tag)).ToImmutableSortedDictionary(
                v => v.Key, v => own[v.Tag], StringComparer.Ordinal),
        };
    }

    private async IAsyncEnumerable<JsonElement> ListAsync(
        string operation,
        JsonElement input,
        string list,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var page in aws.PagesAsync(operation, input, ct))
        {
            foreach (var item in page.Member(list).IsList() ? page.Member(list).EnumerateArray() : default)
            {
                yield return item;
            }
        }
    }

    private static string Line(string? text) => PlainText.Line(text, 200);
}
