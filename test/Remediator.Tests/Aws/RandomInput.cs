using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws.Models;

namespace Remediator.Tests.Aws;

/// <summary>
/// Makes inputs that a shape allows. XML and forms cannot distinguish empty from absent, so for these protocols nothing empty is made.
/// </summary>
internal sealed class RandomInput(int seed, bool isXml)
{
    private static readonly string[] Awkward =
    [
        "",
        " ",
        "a b",
        "<&>\"'",
        "line\nline\r\n",
        "ümläut €",
        "🦑",
        "\t",
        "a=b&c",
        "NaN",
        "]]>",
        "\u0001",
    ];
    private readonly Random random = new(seed);
    private int budget = 60;

    public JsonElement For(Shape shape) => JsonElement.Parse(Structure(shape).ToJsonString());

    private JsonObject Structure(Shape shape)
    {
        var result = new JsonObject();
        var members = shape.Members.Values.ToArray();
        if (shape.IsUnion)
        {
            members = [members[random.Next(members.Length)]];
        }

        foreach (var member in members.Where(_ => shape.IsUnion || random.Next(3) == 0))
        {
            if (budget-- > 0 || shape.IsUnion)
            {
                result[member.Name] = Value(member.Shape);
            }
        }

        // A form cannot express an empty structure.
        if (isXml && result.Count == 0)
        {
            result["Text"] = Text();
        }

        return result;
    }

    private JsonNode Value(Shape shape) => shape.Type switch
    {
        ShapeType.Structure => Structure(shape),
        ShapeType.List => new JsonArray([.. Enumerable.Range(0, Size()).Select(_ => Value(shape.Element!.Shape))]),
        ShapeType.Map => Map(shape),
        ShapeType.Boolean => random.Next(2) == 0,
        ShapeType.Integer => random.Next(int.MinValue, int.MaxValue),
        ShapeType.Long => random.NextInt64(long.MinValue, long.MaxValue),
        ShapeType.Double => Double(),
        ShapeType.Timestamp =>
            DateTime.UnixEpoch.AddSeconds(random.Next())
                .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
        ShapeType.Blob => Convert.ToBase64String(Enumerable.Range(0, random.Next(5)).Select(_ => (byte)random.Next(256)).ToArray()),
        _ => Text(),
    };

    private JsonNode Double() => random.Next(5) switch
    {
        0 => "NaN",
        1 => "-Infinity",
        _ => random.NextDouble() * Math.Pow(10, random.Next(-20, 20)),
    };

    private JsonObject Map(Shape shape)
    {
        var result = new JsonObject();
        for (var i = 0; i < Size(); i++)
        {
            result[Text() + i] = Value(shape.Value!.Shape);
        }

        return result;
    }

    private int Size() => isXml ? random.Next(1, 4) : random.Next(4);

    private string Text() => Awkward[random.Next(Awkward.Length)] + (random.Next(2) == 0 ? "" : Awkward[random.Next(Awkward.Length)]);
}
