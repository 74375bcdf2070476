using System.Text.Json;

namespace Remediator.Aws.Models;

/// <summary>A named place of a structure, or the element, key or value of a collection, and the shape that it holds.</summary>
public sealed class Member
{
    private readonly ServiceModel model;
    private readonly string target;
    private readonly Traits reference;

    internal Member(ServiceModel model, string name, string target, Traits reference, int index = 0)
    {
        this.model = model;
        this.target = target;
        this.reference = reference;
        Name = name;
        OutputName = JsonEncodedText.Encode(name);
        Index = index;
    }

    /// <summary>The name in the input and the output, as boto3 writes it.</summary>
    public string Name { get; }

    public Shape Shape => field ??= model.Shape(target);

    /// <summary>Filled in with a fresh token when the input leaves it out.</summary>
    public bool IsIdempotencyToken => reference.IdempotencyToken;

    /// <summary>The name, ready to be written.</summary>
    internal JsonEncodedText OutputName { get; }

    internal int Index { get; }

    internal Traits Reference => reference;

    internal Traits Traits => field ??= reference.Over(Shape.Traits);

    /// <summary>The name in JSON and XML bodies, headers, queries and labels.</summary>
    internal string WireName => field ??= FindWireName();

    /// <summary>A list or map whose items stand in their parent without an element around them.</summary>
    internal bool IsFlat => Traits.Flattened;

    internal Location Location => Traits.Location;

    private string FindWireName()
    {
        // A list that is flat by its own shape is named by its element.
        var isFlatByShape = Shape is { Type: ShapeType.List, Traits.Flattened: true } && model.IsXml;
        return Traits.LocationName ?? (isFlatByShape ? Shape.Element?.Traits.LocationName : null) ?? Name;
    }
}
