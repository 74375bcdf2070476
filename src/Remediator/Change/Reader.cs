using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change;

/// <summary>Makes a playbook's reading calls.</summary>
internal static class Reader
{
    /// <summary>Reads what the queries take. One query without a name gives its value; several give an object by their names.</summary>
    public static async Task<Reading> ReadAsync(ImmutableArray<Query> queries, Scope scope, IAws aws, CancellationToken ct)
    {
        var reading = new Reading(Json.Null, Json.Null);
        foreach (var query in queries)
        {
            var one = await ReadAsync(query, scope.With("state", reading.State), aws, ct);
            if (one.IsGone || query.Name.Length == 0)
            {
                return one;
            }

            reading = new(Named(reading.State, query.Name, one.State), Named(reading.Output, query.Name, one.Output));
        }

        return reading;
    }

    public static async Task<Reading> ReadAsync(Query query, Scope scope, IAws aws, CancellationToken ct)
    {
        try
        {
            return query.Call.ForEach is { } each
                ? await ReadEachAsync(query, each.Evaluate(scope), scope, aws, ct)
                : await ReadOneAsync(query, scope, aws, ct);
        }
        catch (AwsException e) when (query.AbsentOn.Contains(e.Code))
        {
            return new(Json.Null, Json.Null);
        }
        catch (AwsException e) when (query.GoneOn.Any(code => Call.Means(code, e.Code)))
        {
            return new(Json.Null, Json.Null) { IsGone = true };
        }
    }

    private static async Task<Reading> ReadEachAsync(Query query, JsonElement items, Scope scope, IAws aws, CancellationToken ct)
    {
        var states = new List<JsonElement>();
        foreach (var item in items.IsList() ? items.EnumerateArray() : default)
        {
            // As in a projection of JMESPath, what gives nothing is left out.
            if (await ReadItemAsync(query, scope.With("item", item), aws, ct) is { IsGone: false, State: var state } && !state.IsNull())
            {
                states.Add(state);
            }
        }

        var list = Json.List(states);
        return new(list, list);
    }

    /// <summary>That one item is absent says nothing of the others.</summary>
    private static async Task<Reading> ReadItemAsync(Query query, Scope scope, IAws aws, CancellationToken ct)
    {
        try
        {
            return await ReadOneAsync(query, scope, aws, ct);
        }
        catch (AwsException e) when (query.AbsentOn.Contains(e.Code))
        {
            return new(Json.Null, Json.Null);
        }
    }

    private static async Task<Reading> ReadOneAsync(Query query, Scope scope, IAws aws, CancellationToken ct)
    {
        var output = await AllPagesAsync(aws, query.Call.Operation, query.Call.Input.Render(scope), ct);
        if (query.GoneWhen is { } gone && gone.Evaluate(output, scope).IsTruthy())
        {
            return new(Json.Null, output) { IsGone = true };
        }

        if (query.Identity is { } identity)
        {
            Identity.Prove(identity.Evaluate(output, scope), scope["resource"], query.Call);
        }

        return new(query.Take is { } take ? take.Evaluate(output, scope) : output, output);
    }

    /// <summary>All pages as one output: an assertion over one page would be wrong.</summary>
    private static async Task<JsonElement> AllPagesAsync(IAws aws, string operation, JsonElement input, CancellationToken ct)
    {
        JsonElement? all = null;
        await foreach (var page in aws.PagesAsync(operation, input, ct))
        {
            all = all is { } before ? Joined(before, page) : page;
        }

        return all ?? Json.EmptyObject;
    }

    private static JsonElement Joined(JsonElement before, JsonElement page) => Merging.Merge(before, Json.Object(
        from member in page.EnumerateObject()
        let earlier = before.Member(member.Name)
        select KeyValuePair.Create(member.Name, earlier.IsList() && member.Value.IsList()
            ? Json.List([.. earlier.EnumerateArray(), .. member.Value.EnumerateArray()])
            : member.Value)));

    private static JsonElement Named(JsonElement values, string name, JsonElement value) =>
        Merging.Merge(values, Json.Object([KeyValuePair.Create(name, value)]));
}
