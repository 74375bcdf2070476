using System.Text.Json;

namespace Remediator.Aws.Models;

/// <summary>A member of a structure, or the element, key or value of a collection, with its shape.</summary>
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

    /// <summary>The name in input and output, as in boto3.</summary>
    public string Name { get; }

    public Shape Shape => field ??= model.Shape(target);

    /// <summary>If the input leaves it out, it gets a new token.</summary>
    public bool IsIdempotencyToken => reference.IdempotencyToken;

    /// <summary>The name, encoded for writing.</summary>
    internal JsonEncodedText OutputName { get; }

    internal int Index { get; }

    internal Traits Reference => reference;

    internal Traits Traits => field ??= reference.Over(Shape.Traits);

    /// <summary>The name in JSON and XML bodies, headers, queries and labels.</summary>
    internal string WireName => field ??= FindWireName();

    /// <summary>A list or map whose items are direct children of the parent, without an enclosing element.</summary>
    internal bool IsFlat => Traits.Flattened;

    internal Location Location => Traits.Location;

    private string FindWireName()
    {
        // A list that is flattened by its own shape takes the name of its element.
        var isFlatByShape = Shape is { Type: ShapeType.List, Traits.Flattened: true } && model.IsXml;
        return Traits.LocationName ?? (isFlatByShape ? Shape.Element?.Traits.LocationName : null) ?? Name;
    }
}
