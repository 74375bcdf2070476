using System.Text.Json;
using Remediator.Aws.Models;

namespace Remediator.Aws.Protocols;

/// <summary>Reads the members of an output that are not in the body.</summary>
internal static class RestResponses
{
    public static void ReadHead(Shape shape, WireResponse response, Utf8JsonWriter output)
    {
        foreach (var member in shape.Members.Values)
        {
            switch (member.Location)
            {
                case Location.StatusCode:
                    output.WriteNumber(member.Name, response.Status);
                    break;
                case Location.PrefixHeaders:
                    ReadPrefixHeaders(member, response, output);
                    break;
                case Location.Header when response.Header(member.WireName) is { } text && IsGiven(text, member.Shape):
                    output.WritePropertyName(member.OutputName);
                    HeaderText.Read(text, member, output);
                    break;
                default:
                    break;
            }
        }
    }

    // An empty header is an empty text, but not a number, timestamp or list.
    private static bool IsGiven(string text, Shape shape) => text.Length > 0 || shape.Type == ShapeType.String;

    private static void ReadPrefixHeaders(Member member, WireResponse response, Utf8JsonWriter output)
    {
        var prefix = member.Traits.LocationName ?? "";
        output.WriteStartObject(member.Name);
        foreach (var name in response.HeaderNames.Where(name => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
        {
            output.WritePropertyName(name[prefix.Length..]);
            ScalarText.Read(response.Header(name) ?? "", member.Shape.Value!.Shape, output);
        }

        output.WriteEndObject();
    }
}
