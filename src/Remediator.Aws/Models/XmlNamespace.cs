using System.Text.Json;

namespace Remediator.Aws.Models;

/// <summary>The namespace that an XML element declares.</summary>
internal sealed record XmlNamespace(string Uri, string? Prefix)
{
    public static XmlNamespace? Read(JsonElement owner)
    {
        if (!owner.TryGetProperty("xmlNamespace", out var text))
        {
            return null;
        }

        return text.ValueKind == JsonValueKind.String
            ? new XmlNamespace(text.GetString() ?? "", null)
            : new XmlNamespace(text.Text("uri") ?? "", text.Text("prefix"));
    }
}
