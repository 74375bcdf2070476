using System.Collections.Concurrent;
using System.Text.Json;

namespace Remediator.Aws.Models;

/// <summary>
/// The API of one service. Opening a model only finds the positions of its operations and shapes in the text; each is read at
/// its first use.
/// </summary>
public sealed class ServiceModel
{
    private readonly ModelIndex index;
    private readonly ConcurrentDictionary<string, Shape> shapes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, OperationModel> operations = new(StringComparer.Ordinal);

    private ServiceModel(string name, ModelIndex index)
    {
        this.index = index;
        Name = name;
        Metadata = ServiceMetadata.Read(name, index.Metadata);
    }

    /// <summary>The name in calls: "s3", "logs".</summary>
    public string Name { get; }

    /// <summary>The names of the operations in the model.</summary>
    public IReadOnlyCollection<string> Operations => index.Operations.Keys;

    public WireProtocol Protocol => Metadata.Protocol;

    internal ServiceMetadata Metadata { get; }

    internal bool IsXml => Protocol is not (WireProtocol.AwsJson or WireProtocol.RestJson);

    /// <summary>The operation of that name, or null.</summary>
    public OperationModel? Operation(string name)
    {
        if (operations.TryGetValue(name, out var known))
        {
            return known;
        }

        if (!index.Operations.TryGetValue(name, out var place))
        {
            return null;
        }

        using var text = JsonDocument.Parse(index.Text(place));
        return operations.GetOrAdd(name, new OperationModel(this, name, text.RootElement, ReadPaginator(name)));
    }

    internal static ServiceModel Read(string name, ReadOnlyMemory<byte> text) => new(name, ModelIndex.Read(text));

    internal Shape Shape(string name)
    {
        if (shapes.TryGetValue(name, out var known))
        {
            return known;
        }

        if (!index.Shapes.TryGetValue(name, out var place))
        {
            throw new InvalidDataException($"The model of {Name} has no shape '{name}'.");
        }

        using var text = JsonDocument.Parse(index.Text(place));
        return shapes.GetOrAdd(name, new Shape(this, name, text.RootElement));
    }

    /// <summary>An error that any operation may return without listing it.</summary>
    internal Shape? ErrorShape(string name) => index.Shapes.ContainsKey(name) && Shape(name) is { IsError: true } shape ? shape : null;

    private Paginator? ReadPaginator(string operation)
    {
        if (!index.Paginators.TryGetValue(operation, out var place))
        {
            return null;
        }

        using var text = JsonDocument.Parse(index.Text(place));
        return Paginator.Read(text.RootElement);
    }
}
