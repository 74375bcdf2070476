using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Remediator.Playbooks;

/// <summary>The files in <c>playbooks/types</c>: one for each service, embedded in the assembly and read at its first use.</summary>
internal static class TypeFiles
{
    /// <summary>The folder of the files, in the playbooks' folder.</summary>
    public const string Folder = "types";

    private static readonly ConcurrentDictionary<string, ImmutableArray<ResourceType>> Services = new(StringComparer.Ordinal);

    /// <summary>Null if there are no facts about the type.</summary>
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
