using System.Collections.Immutable;
using Remediator.Aws.Models;

namespace Remediator.Authoring.Checks;

/// <summary>What is known before deployment about the type of a value.</summary>
internal abstract record InferredType
{
    private InferredType()
    {
    }

    /// <summary>Nothing is known.</summary>
    public static InferredType Any { get; } = new Unknown();

    public static InferredType Text { get; } = new Scalar("text");

    internal sealed record Unknown : InferredType;

    internal sealed record Scalar(string Type) : InferredType;

    /// <summary>The type in the API model.</summary>
    internal sealed record Of(Shape Shape) : InferredType;

    /// <summary>An object with these members and no others.</summary>
    internal sealed record Fields(ImmutableSortedDictionary<string, InferredType> Members) : InferredType;

    internal sealed record Items(InferredType Each) : InferredType;

    internal sealed record Either(InferredType First, InferredType Second) : InferredType;

    public static Fields FieldsOf(params IEnumerable<(string Name, InferredType Type)> members) =>
        new(members.ToImmutableSortedDictionary(m => m.Name, m => m.Type, StringComparer.Ordinal));

    /// <summary>The type of an operation's output.</summary>
    public static InferredType Output(OperationModel? operation) => operation switch
    {
        null => Any,
        { Output: { } shape } => new Of(shape),
        _ => FieldsOf(),
    };

    /// <summary>A member's type; null if there can be no such member.</summary>
    public InferredType? Member(string name) => this switch
    {
        Unknown or Of { Shape.IsDocument: true } => Any,
        Of { Shape: { Type: ShapeType.Structure } shape } => shape.Members.TryGetValue(name, out var member) ? new Of(member.Shape) : null,
        Of { Shape: { Type: ShapeType.Map, Value: { } value } } => new Of(value.Shape),
        Fields fields => fields.Members.GetValueOrDefault(name),
        Either(var first, var second) => Join(first.Member(name), second.Member(name)),
        _ => null,
    };

    /// <summary>The type of a list's items.</summary>
    public InferredType Item() => this switch
    {
        Of { Shape: { Type: ShapeType.List, Element: { } element } } => new Of(element.Shape),
        Items(var item) => item,
        Either(var first, var second) => new Either(first.Item(), second.Item()),
        // A flatten may name a level of lists that does not exist.
        _ => this,
    };

    /// <summary>The names of its possible members.</summary>
    public IEnumerable<string> Names() => this switch
    {
        Of { Shape: { } shape } => shape.Members.Keys,
        Fields fields => fields.Members.Keys,
        Either(var first, var second) => first.Names().Concat(second.Names()),
        _ => [],
    };

    /// <summary>"object", "list", "text", "number", "boolean"; null if unknown.</summary>
    public string? Kind() => this switch
    {
        Scalar(var kind) => kind,
        Fields => "object",
        Items => "list",
        Of { Shape.IsDocument: true } => null,
        Of { Shape: { } shape } => KindOf(shape.Type),
        Either(var first, var second) => first.Kind() is { } kind && kind == second.Kind() ? kind : null,
        _ => null,
    };

    private static InferredType? Join(InferredType? first, InferredType? second) => (first, second) switch
    {
        (null, var other) => other,
        (var one, null) => one,
        var (one, other) => new Either(one, other),
    };

    private static string? KindOf(ShapeType type) => type switch
    {
        ShapeType.Structure or ShapeType.Map => "object",
        ShapeType.List => "list",
        ShapeType.Boolean => "boolean",
        ShapeType.Integer or ShapeType.Long or ShapeType.Float or ShapeType.Double => "number",
        ShapeType.String => "text",
        _ => null,
    };
}
