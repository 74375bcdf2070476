using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Remediator.Playbooks;

/// <summary>
/// What <c>playbooks/types</c> says of resource types: a file a service, built into the assembly and read when it is first needed.
/// </summary>
internal static class TypeFiles
{
    /// <summary>Where the files stand beside the playbooks.</summary>
    public const string Folder = "types";

    private static readonly ConcurrentDictionary<string, ImmutableArray<ResourceType>> Services = new(StringComparer.Ordinal);

    /// <summary>Null where there is nothing to say of the type.</summary>
    public static ResourceType? Of(string type) => type.Split("::") is [_, var service, _]
        ? Services.GetOrAdd(service, Read).FirstOrDefault(t => t.Name == type)
        : null;

    private static ImmutableArray<ResourceType> Read(string service)
    {
        var name = $"{Folder}/{service.ToLowerInvariant()}.yaml";
        using var resource = typeof(TypeFiles).Assembly.GetManifestResourceStream(name);
        if (resource is null)
        {
            return [];
        }

        using var reader = new StreamReader(resource);
        return PlaybookReader.ReadTypes(name, reader.ReadToEnd());
    }
}
