using System.Text.Json;
using Remediator.Change.Recorded;
using Remediator.Playbooks.Registered;
using Remediator.Values;

namespace Remediator.Change.Registered;

/// <summary>The part of a resource's model that an update may write.</summary>
internal static class Model
{
    /// <summary>Without what only AWS sets, what is set once, what is never read back, and what the type does not have.</summary>
    public static JsonElement Writable(RegisteredType type, JsonElement model) => Writable(type, "", model);

    /// <summary>The path of a member below another.</summary>
    public static string Below(string path, string name) => path.Length == 0 ? name : $"{path}/{name}";

    private static JsonElement Writable(RegisteredType type, string path, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => Json.Object(
            from member in value.EnumerateObject()
            let below = Below(path, member.Name)
            where type.IsWritable(below)
            select KeyValuePair.Create(member.Name, Writable(type, below, member.Value))),
        JsonValueKind.Array => Json.List(value.EnumerateArray().Select(item => Writable(type, Below(path, "*"), item))),
        _ => value,
    };

    /// <summary>
    /// What only the creation sets and is another value now; of a list with such members all of it, for an item without them would be
    /// another item.
    /// </summary>
    public static IEnumerable<string> Fixed(RegisteredType type, JsonElement one, JsonElement other) => type.CreateOnly
        .Where(path => !path.Contains("/*", StringComparison.Ordinal) && IsAnother(At(one, path), At(other, path)))
        .Concat(type.CreateOnly
            .Where(path => path.Contains("/*", StringComparison.Ordinal))
            .Select(path => path[..path.IndexOf("/*", StringComparison.Ordinal)])
            .Where(list => !Loose.Same(At(one, list), At(other, list))))
        .Where(path => !type.ReadOnly.Contains(path));

    private static bool IsAnother(JsonElement one, JsonElement other) =>
        !Canonical.IsAbsent(one) && !Canonical.IsAbsent(other) && !Loose.Same(one, other);

    /// <summary>
    /// Members that no read gives back and that the resource may hold: an update sends the whole model without them. A member inside an
    /// object that the resource does not have is not set.
    /// </summary>
    public static IEnumerable<string> Lost(RegisteredType type, JsonElement live) =>
        type.WriteOnly.Where(path => path.Split('/') is var names && Holders(live, names.AsSpan(0, names.Length - 1)));

    /// <summary>Members of which cannot even be read whether the resource has what they stand in.</summary>
    public static IEnumerable<string> Unknown(RegisteredType type, JsonElement live) =>
        type.WriteOnly.Where(path => path.Contains('/', StringComparison.Ordinal) && live.Member(path.Split('/')[0]).IsNull());

    public static JsonElement At(JsonElement model, string path) => path.Split('/').Aggregate(model, (value, name) => value.Member(name));

    private static bool Holders(JsonElement value, ReadOnlySpan<string> path)
    {
        if (path.IsEmpty)
        {
            return value.IsObject();
        }

        if (path[0] is not "*")
        {
            return Holders(value.Member(path[0]), path[1..]);
        }

        foreach (var item in value.IsList() ? value.EnumerateArray() : default)
        {
            if (Holders(item, path[1..]))
            {
                return true;
            }
        }

        return false;
    }
}
