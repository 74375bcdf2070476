using System.Text.Json;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Customisations;

/// <summary>Changes members of an input.</summary>
internal static class InputEdit
{
    /// <summary>The input with one text member changed, if it has that member.</summary>
    public static JsonElement Text(JsonElement input, string member, Func<string, string> change)
    {
        if (!InputValue.TryGet(input, member, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return input;
        }

        var text = value.GetString() ?? "";
        var changed = change(text);
        return changed == text ? input : With(input, member, changed);
    }

    /// <summary>The input with one member replaced by a text.</summary>
    public static JsonElement With(JsonElement input, string member, string text) => Output.Write(output =>
    {
        foreach (var property in input.EnumerateObject().Where(property => !property.NameEquals(member)))
        {
            property.WriteTo(output);
        }

        output.WriteString(member, text);
    });
}
