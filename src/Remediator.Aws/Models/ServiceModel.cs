using System.Collections.Concurrent;
using System.Text.Json;

namespace Remediator.Aws.Models;

/// <summary>
/// The API of one service. Each of its operations and shapes is found in the text and read at its first use.
/// </summary>
public sealed class ServiceModel
{
    /// <summary>More error codes than a service has that its model does not name.</summary>
    private const int MostUnknown = 100;

    private readonly ModelIndex index;
    private readonly ConcurrentDictionary<string, bool> unknown = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Shape> shapes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, OperationModel> operations = new(StringComparer.Ordinal);

    private ServiceModel(string name, ModelIndex index)
    {
        this.index = index;
        Name = name;
        using var metadata = index.Metadata() ?? throw new InvalidDataException($"The model of {name} has no metadata.");
        Metadata = ServiceMetadata.Read(name, metadata.RootElement);
    }

    /// <summary>The name in calls: "s3", "logs".</summary>
    public string Name { get; }

    /// <summary>The names of the operations in the model.</summary>
    public IReadOnlyCollection<string> Operations => index.Operations;

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

        using var text = index.Operation(name);
        return text is null ? null : operations.GetOrAdd(name, new OperationModel(this, name, text.RootElement, ReadPaginator(name)));
    }

    /// <summary>A model that is laid out as those that are embedded.</summary>
    internal static ServiceModel Open(string name, ReadOnlyMemory<byte> text) => new(name, new ModelIndex(text));

    /// <summary>A model of any layout.</summary>
    internal static ServiceModel Read(string name, ReadOnlyMemory<byte> json) => Open(name, ModelLayout.Of(json));

    internal Shape Shape(string name) => Find(name) ?? throw new InvalidDataException($"The model of {Name} has no shape '{name}'.");

    /// <summary>An error that any operation may return without listing it.</summary>
    internal Shape? ErrorShape(string name)
    {
        if (unknown.ContainsKey(name))
        {
            return null;
        }

        var shape = Find(name);
        if (shape is null && unknown.Count < MostUnknown)
        {
            unknown[name] = true;
        }

        return shape is { IsError: true } ? shape : null;
    }

    private Shape? Find(string name)
    {
        if (shapes.TryGetValue(name, out var known))
        {
            return known;
        }

        using var text = index.Shape(name);
        return text is null ? null : shapes.GetOrAdd(name, new Shape(this, name, text.RootElement));
    }

    private Paginator? ReadPaginator(string operation)
    {
        using var text = index.Paginator(operation);
        return text is null ? null : Paginator.Read(text.RootElement);
    }
}
