using System.Collections.Concurrent;
using System.Text.Json;

namespace Remediator.Aws.Models;

/// <summary>The API models embedded in this assembly. Each is opened at its first use.</summary>
public static class ModelCatalog
{
    private static readonly ConcurrentDictionary<string, ServiceModel?> Opened = new(StringComparer.Ordinal);

    /// <summary>The names of the services that have a model, sorted.</summary>
    public static IReadOnlyCollection<string> Services => (IReadOnlyCollection<string>)ServiceIds.Keys;

    /// <summary>The service id of each service, which the environment and the SDKs use: "Config Service" for config.</summary>
    public static IReadOnlyDictionary<string, string> ServiceIds => field ??= ReadServiceIds();

    /// <summary>The model of a service, or null.</summary>
    public static ServiceModel? Service(string name) => Opened.GetOrAdd(name, Open);

    /// <summary>The names of a service's operations; none for a service without a model.</summary>
    public static IReadOnlyCollection<string> Operations(string service) => Service(service)?.Operations ?? [];

    /// <summary>The operation that a call such as "s3:PutPublicAccessBlock" names, or null.</summary>
    public static OperationModel? Find(string operation)
    {
        var colon = operation.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : Service(operation[..colon])?.Operation(operation[(colon + 1)..]);
    }

    private static OrderedDictionary<string, string> ReadServiceIds()
    {
        var ids = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        using var text = JsonDocument.Parse(EmbeddedText.Of("services.json"));
        foreach (var service in text.RootElement.EnumerateObject())
        {
            ids.Add(service.Name, service.Value.GetString() ?? "");
        }

        return ids;
    }

    private static ServiceModel? Open(string name) =>
        EmbeddedText.Find($"models/{name}.json") is { } text ? ServiceModel.Open(name, text) : null;
}
