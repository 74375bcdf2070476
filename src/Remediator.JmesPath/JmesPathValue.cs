using System.Text.Json;
using Remediator.JmesPath.Values;

namespace Remediator.JmesPath;

/// <summary>
/// A value during an evaluation: a part of the input, or something built from parts of it. Immutable; the default is null.
/// It refers to the input's document, so it must not outlive the evaluation; <see cref="ToJsonElement"/> makes a lasting copy.
/// </summary>
public readonly struct JmesPathValue
{
    private static readonly JsonElement TrueElement = JsonElement.Parse("true");
    private static readonly JsonElement FalseElement = JsonElement.Parse("false");

    internal JmesPathValue(JsonElement element) => Element = element;

    private JmesPathValue(object built) => Built = built;

    public static JmesPathValue Null => default;

    /// <summary>One of the JSON types.</summary>
    public JmesPathTypes Type => Built switch
    {
        null => TypeOf(Element.ValueKind),
        string => JmesPathTypes.String,
        Values.Number => JmesPathTypes.Number,
        JmesPathValue[] => JmesPathTypes.Array,
        _ => JmesPathTypes.Object,
    };

    public bool IsNull => Type == JmesPathTypes.Null;

    /// <summary>False for null, false, and the empty string, array and object.</summary>
    public bool IsTruthy => Built switch
    {
        null => JsonText.IsTruthy(Element),
        string text => text.Length > 0,
        JmesPathValue[] items => items.Length > 0,
        OrderedDictionary<string, JmesPathValue> properties => properties.Count > 0,
        _ => true,
    };

    /// <summary>Set if the value is (part of) an input or a literal.</summary>
    internal JsonElement Element { get; }

    /// <summary>Set if the value was built: a string, <see cref="Number"/>, array of values, or ordered dictionary of values.</summary>
    internal object? Built { get; }

    internal Number Number => Built is Values.Number number ? number : Values.Number.Of(Element);

    public static JmesPathValue From(JsonElement element) => new(element);

    public static JmesPathValue From(bool value) => new(value ? TrueElement : FalseElement);

    public static JmesPathValue From(decimal value) => From(new Number(value));

    public static JmesPathValue From(string value) => new((object)value);

    public static JmesPathValue FromItems(params ReadOnlySpan<JmesPathValue> items) => new((object)items.ToArray());

    /// <summary>An object with these properties; if a name is repeated, the last one counts.</summary>
    public static JmesPathValue FromProperties(IEnumerable<KeyValuePair<string, JmesPathValue>> properties)
    {
        var table = new OrderedDictionary<string, JmesPathValue>(StringComparer.Ordinal);
        foreach (var (name, value) in properties)
        {
            table[name] = value;
        }

        return FromOwned(table);
    }

    /// <exception cref="InvalidOperationException">It is not a string.</exception>
    public string AsString() => Built as string ?? JsonText.Of(Element);

    /// <exception cref="InvalidOperationException">It is not a boolean.</exception>
    public bool AsBoolean() => Element.GetBoolean();

    /// <exception cref="InvalidOperationException">It is not a number.</exception>
    /// <exception cref="OverflowException">It is out of range.</exception>
    public decimal AsDecimal() => Number.ToDecimal();

    /// <summary>The items of an array.</summary>
    /// <exception cref="InvalidOperationException">It is not an array.</exception>
    public IReadOnlyList<JmesPathValue> Items() => ItemArray();

    /// <summary>The properties of an object, in order.</summary>
    /// <exception cref="InvalidOperationException">It is not an object.</exception>
    public IEnumerable<KeyValuePair<string, JmesPathValue>> Properties() => PropertyTable();

    /// <summary>The value of an object's property; null if there is none, or if this is not an object.</summary>
    public JmesPathValue Property(string name) => Built switch
    {
        null => Element.ValueKind == JsonValueKind.Object ? JsonText.Property(Element, name) : Null,
        OrderedDictionary<string, JmesPathValue> properties => properties.GetValueOrDefault(name),
        _ => Null,
    };

    /// <summary>The value as JSON that does not depend on the input's document.</summary>
    /// <exception cref="JmesPathException">
    /// It is too large or too deep to write, or holds a number or text that JSON cannot express.
    /// </exception>
    public JsonElement ToJsonElement() => ToJsonElement(new Budget());

    internal static JmesPathValue From(Number number) => new((object)number);

    internal static JmesPathValue FromOwned(JmesPathValue[] items) => new((object)items);

    internal static JmesPathValue FromOwned(OrderedDictionary<string, JmesPathValue> properties) => new((object)properties);

    internal JmesPathValue[] ItemArray() => Built is JmesPathValue[] items ? items : JsonText.Items(Element);

    internal OrderedDictionary<string, JmesPathValue> PropertyTable() =>
        Built as OrderedDictionary<string, JmesPathValue> ?? JsonText.Properties(Element);

    internal int Length() => Built switch
    {
        null => Element.ValueKind == JsonValueKind.Array ? Element.GetArrayLength() : Element.GetPropertyCount(),
        JmesPathValue[] items => items.Length,
        var properties => ((OrderedDictionary<string, JmesPathValue>)properties).Count,
    };

    internal JsonElement ToJsonElement(Budget budget) => Built is null ? JsonText.Owned(Element) : ValueWriter.ToElement(this, budget);

    private static JmesPathTypes TypeOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.True or JsonValueKind.False => JmesPathTypes.Boolean,
        JsonValueKind.Number => JmesPathTypes.Number,
        JsonValueKind.String => JmesPathTypes.String,
        JsonValueKind.Array => JmesPathTypes.Array,
        JsonValueKind.Object => JmesPathTypes.Object,
        _ => JmesPathTypes.Null,
    };
}
