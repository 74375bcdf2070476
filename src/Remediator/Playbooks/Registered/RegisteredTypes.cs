using System.Collections.Concurrent;
using System.Collections.Immutable;
using Remediator.Values;

namespace Remediator.Playbooks.Registered;

/// <summary>
/// The types that can be rolled back through Cloud Control. Their table is read when a type is first asked for, and only up to its line.
/// </summary>
internal static class RegisteredTypes
{
    private const string Table = "registered-types.txt";

    private static readonly ConcurrentDictionary<string, RegisteredType?> Known = new(StringComparer.Ordinal);

    /// <summary>Null for a type that AWS Config records in another form, or that Cloud Control does not update.</summary>
    public static RegisteredType? Find(string type) => Known.GetOrAdd(type, static name =>
        FactFile.Lines(Table).FirstOrDefault(line => line.StartsWith($"{name} ", StringComparison.Ordinal)) is { } line
            ? RegisteredType.Of(name, Json.Parse(line[(name.Length + 1)..]))
            : null);

    /// <summary>The names of all types, sorted.</summary>
    public static ImmutableArray<string> Names() => [.. FactFile.Lines(Table).Select(line => line[..line.IndexOf(' ')])];
}
