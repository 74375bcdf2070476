using System.Text.Json;

namespace Remediator.Aws.Models;

/// <summary>
/// A model's facts about the wire format of a value. Shapes and references to them can have the same traits; those of the
/// reference take precedence.
/// </summary>
internal sealed record Traits
{
    public static readonly Traits None = new();

    public string? LocationName { get; init; }

    public string? QueryName { get; init; }

    public Location Location { get; init; }

    public bool Flattened { get; init; }

    public XmlNamespace? XmlNamespace { get; init; }

    public bool XmlAttribute { get; init; }

    public TimestampForm? TimestampForm { get; init; }

    public bool JsonValue { get; init; }

    public bool IdempotencyToken { get; init; }

    public bool HostLabel { get; init; }

    public bool Streaming { get; init; }

    public string? ContextParam { get; init; }

    public Traits Over(Traits shape) => ReferenceEquals(shape, None) ? this : this with
    {
        LocationName = LocationName ?? shape.LocationName,
        QueryName = QueryName ?? shape.QueryName,
        Location = Location == Location.Body ? shape.Location : Location,
        Flattened = Flattened || shape.Flattened,
        XmlNamespace = XmlNamespace ?? shape.XmlNamespace,
        XmlAttribute = XmlAttribute || shape.XmlAttribute,
        TimestampForm = TimestampForm ?? shape.TimestampForm,
        JsonValue = JsonValue || shape.JsonValue,
        Streaming = Streaming || shape.Streaming,
    };

    public static Traits Read(JsonElement text)
    {
        if (text.GetPropertyCount() is 1)
        {
            // Most have nothing but the name of their shape or type.
            return None;
        }

        var traits = new Traits
        {
            LocationName = text.Text("locationName"),
            QueryName = text.Text("queryName"),
            Location = ReadLocation(text.Text("location")),
            Flattened = text.Flag("flattened"),
            XmlNamespace = XmlNamespace.Read(text),
            XmlAttribute = text.Flag("xmlAttribute"),
            TimestampForm = ReadForm(text.Text("timestampFormat")),
            JsonValue = text.Flag("jsonvalue"),
            IdempotencyToken = text.Flag("idempotencyToken"),
            HostLabel = text.Flag("hostLabel"),
            Streaming = text.Flag("streaming"),
            ContextParam = text.TryGetProperty("contextParam", out var param) ? param.Text("name") : null,
        };
        return traits == None ? None : traits;
    }

    private static Location ReadLocation(string? location) => location switch
    {
        "uri" => Location.Uri,
        "querystring" => Location.Query,
        "header" => Location.Header,
        "headers" => Location.PrefixHeaders,
        "statusCode" => Location.StatusCode,
        _ => Location.Body,
    };

    private static TimestampForm? ReadForm(string? form) => form?.ToLowerInvariant() switch
    {
        "iso8601" => Models.TimestampForm.Iso8601,
        "unixtimestamp" => Models.TimestampForm.EpochSeconds,
        "rfc822" => Models.TimestampForm.HttpDate,
        _ => null,
    };
}
