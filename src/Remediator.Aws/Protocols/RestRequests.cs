using System.Text;
using System.Text.Json;
using Remediator.Aws.Models;

namespace Remediator.Aws.Protocols;

/// <summary>Writes the members of an input that are not in the body: path, query and headers.</summary>
internal static class RestRequests
{
    /// <returns>Whether the operation has members in the body.</returns>
    public static bool WriteHead(OperationModel operation, JsonElement input, TokenSource tokens, WireRequest request)
    {
        request.Query.AddRange(operation.Http.Query);
        var hasBody = false;
        foreach (var member in operation.Input?.Members.Values ?? [])
        {
            hasBody |= member.Location == Location.Body;
            if (member.Location == Location.Body)
            {
                continue;
            }

            if (InputValue.TryGet(input, member.Name, out var value))
            {
                Write(member, value, request);
            }
            else if (member.IsIdempotencyToken)
            {
                WriteText(member, tokens.Token, request);
            }
        }

        WriteQueryMaps(operation, input, request);
        return hasBody;
    }

    // Last, because a parameter with its own member takes precedence over one in a map.
    private static void WriteQueryMaps(OperationModel operation, JsonElement input, WireRequest request)
    {
        foreach (var member in operation.Input?.Members.Values.Where(IsQueryMap) ?? [])
        {
            if (InputValue.TryGet(input, member.Name, out var value))
            {
                var named = request.Query.Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
                WriteQueryMap(member.Shape, value, named, request);
            }
        }
    }

    private static bool IsQueryMap(Member member) => member.Location == Location.Query && member.Shape.Type == ShapeType.Map;

    private static void Write(Member member, JsonElement value, WireRequest request)
    {
        switch (member.Location)
        {
            case Location.Query when IsQueryMap(member):
                break;
            case Location.Query when member.Shape.Type == ShapeType.List:
                WriteQueryList(member, value, request);
                break;
            case Location.PrefixHeaders:
                WritePrefixHeaders(member, value, request);
                break;
            case Location.Header:
                request.Headers[member.WireName] = HeaderText.Write(member, value);
                break;
            default:
                WriteText(member, ScalarText.Write(value, member, TimestampForm.Iso8601), request);
                break;
        }
    }

    private static void WriteText(Member member, string text, WireRequest request)
    {
        switch (member.Location)
        {
            case Location.Uri:
                request.Labels[member.WireName] = text;
                break;
            case Location.Query:
                request.Query.Add(new(member.WireName, text));
                break;
            default:
                request.Headers[member.WireName] = text;
                break;
        }
    }

    private static void WriteQueryList(Member member, JsonElement value, WireRequest request)
    {
        foreach (var item in value.EnumerateArray().Where(item => item.ValueKind != JsonValueKind.Null))
        {
            request.Query.Add(new(member.WireName, ScalarText.Write(item, member.Shape.Element!, TimestampForm.Iso8601)));
        }
    }

    private static void WriteQueryMap(Shape map, JsonElement value, HashSet<string> named, WireRequest request)
    {
        foreach (
            var entry in value.EnumerateObject().Where(entry => entry.Value.ValueKind != JsonValueKind.Null && !named.Contains(entry.Name)))
        {
            var items = entry.Value.ValueKind == JsonValueKind.Array ? entry.Value.EnumerateArray().ToArray() : [entry.Value];
            var item = map.Value!.Shape.Element ?? map.Value;
            request.Query.AddRange(items.Select(one => new KeyValuePair<string, string?>(
                entry.Name, ScalarText.Write(one, item, TimestampForm.Iso8601))));
        }
    }

    private static void WritePrefixHeaders(Member member, JsonElement value, WireRequest request)
    {
        foreach (var entry in value.EnumerateObject().Where(entry => entry.Value.ValueKind != JsonValueKind.Null))
        {
            request.Headers[(member.Traits.LocationName ?? "") + entry.Name] = ScalarText.Write(
                entry.Value, member.Shape.Value!, TimestampForm.HttpDate);
        }
    }
}
