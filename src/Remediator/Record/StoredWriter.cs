using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Remediator.Incidents;

namespace Remediator.Record;

/// <summary>
/// Writes members of stored records as the serializer does, without its metadata: that of an incident, two hundred members, takes longer to
/// make than anything else of a cold start that is ours.
/// </summary>
/// <param name="to">Where to.</param>
/// <param name="isShort">Whether what is usual (nothing, no, zero) is left out everywhere.</param>
internal sealed class StoredWriter(Utf8JsonWriter to, bool isShort = false)
{
    /// <exception cref="JsonException">There is none, since the journal had none: it would not be read again.</exception>
    public void Text(string name, string value) => to.WriteString(name, value ?? throw Missing(name));

    public void TextOrNull(string name, string? value)
    {
        if (!isShort || value is not null)
        {
            to.WriteString(name, value);
        }
    }

    public void TextIfAny(string name, string? value)
    {
        if (value is not null)
        {
            to.WriteString(name, value);
        }
    }

    public void Number(string name, int value)
    {
        if (!isShort || value is not 0)
        {
            to.WriteNumber(name, value);
        }
    }

    public void NumberIfAny(string name, int value)
    {
        if (value is not 0)
        {
            to.WriteNumber(name, value);
        }
    }

    public void Flag(string name, bool value)
    {
        if (!isShort || value)
        {
            to.WriteBoolean(name, value);
        }
    }

    public void FlagIfSet(string name, bool value)
    {
        if (value)
        {
            to.WriteBoolean(name, value);
        }
    }

    public void Time(string name, DateTimeOffset? value)
    {
        if (value is null)
        {
            TextOrNull(name, null);
            return;
        }

        to.WriteString(name, value.Value);
    }

    public void TimeIfAny(string name, DateTimeOffset? value)
    {
        if (value is not null)
        {
            to.WriteString(name, value.Value);
        }
    }

    public void Span(string name, TimeSpan? value) => TextOrNull(name, value?.ToString());

    public void Enum<T>(string name, T value)
        where T : struct, Enum
    {
        if (!isShort || !EqualityComparer<T>.Default.Equals(value, default))
        {
            AlwaysEnum(name, value);
        }
    }

    public void Enum<T>(string name, T? value)
        where T : struct, Enum
    {
        if (value is null)
        {
            TextOrNull(name, null);
            return;
        }

        AlwaysEnum(name, value.Value);
    }

    /// <summary>By name; where what is usual is left out, a value that only a later version knows by its number.</summary>
    public void AlwaysEnum<T>(string name, T value)
        where T : struct, Enum
    {
        if (isShort && !value.IsKnown())
        {
            to.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
            return;
        }

        to.WriteString(name, value.StoredName());
    }

    public void Value(string name, JsonElement value)
    {
        to.WritePropertyName(name);
        value.WriteTo(to);
    }

    public void Values(string name, ImmutableArray<JsonElement> values) => Array(name, values, static (w, value) => value.WriteTo(w));

    public void Texts(string name, ImmutableArray<string> values) => Array(name, values, static (w, value) => w.WriteStringValue(value));

    /// <exception cref="JsonException">There is none, since the journal had none: it would not be read again.</exception>
    public void Part<T>(string name, T part, Action<StoredWriter, T> members)
        where T : Stored
    {
        to.WritePropertyName(name);
        Whole(part ?? throw Missing(name), members);
    }

    public void PartOrNull<T>(string name, T? part, Action<StoredWriter, T> members)
        where T : Stored
    {
        if (part is null)
        {
            TextOrNull(name, null);
            return;
        }

        Part(name, part, members);
    }

    public void PartIfAny<T>(string name, T? part, Action<StoredWriter, T> members)
        where T : Stored
    {
        if (part is not null)
        {
            Part(name, part, members);
        }
    }

    public void Parts<T>(string name, ImmutableArray<T> parts, Action<StoredWriter, T> members)
        where T : Stored => Array(name, parts, (_, part) => Whole(part, members));

    /// <summary>A record with its members, and after them those that only a later version knows.</summary>
    public void Whole<T>(T part, Action<StoredWriter, T> members)
        where T : Stored
    {
        to.WriteStartObject();
        members(this, part);
        foreach (var (name, value) in part.Unknown ?? [])
        {
            Value(name, value);
        }

        to.WriteEndObject();
    }

    private static JsonException Missing(string name) => new($"{name} is missing.");

    private void Array<T>(string name, ImmutableArray<T> items, Action<Utf8JsonWriter, T> write)
    {
        to.WriteStartArray(name);
        foreach (var item in items.IsDefault ? throw Missing(name) : items)
        {
            write(to, item);
        }

        to.WriteEndArray();
    }
}
