using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Tests.Record;

/// <summary>
/// What an earlier version did not write yet is read as the member's initial value. The serializer by itself gives a member without a
/// setter the default of its type: null for a text, and a list that cannot be enumerated.
/// </summary>
/// <remarks>The severity, whose first value is no default, was written by every version, and the shape is what tells versions.</remarks>
public sealed class StoredMemberTests
{
    public static TheoryData<string> Types => [.. All().Select(t => t.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Member_that_an_earlier_version_did_not_write_has_its_initial_value(string name)
    {
        var type = All().Single(t => t.Name == name);
        var initial = Made(type);
        var written = JsonSerializer.SerializeToNode(initial, InfoOf(type)!)!.AsObject();
        var wrong = new List<string>();
        foreach (var member in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            if (!MayBeMissing(type, member) || !written.ContainsKey(member.Name))
            {
                continue;
            }

            var earlier = (JsonObject)written.DeepClone();
            earlier.Remove(member.Name);
            var read = member.GetValue(earlier.Deserialize(InfoOf(type)!));
            if (Shown(read) != Shown(member.GetValue(initial)))
            {
                wrong.Add($"{member.Name}: {Shown(read)}, not {Shown(member.GetValue(initial))}");
            }
        }

        Assert.Empty(wrong);
    }

    private static IEnumerable<Type> All() => typeof(Stored).Assembly.GetTypes()
        .Where(t => (t.IsSubclassOf(typeof(Stored)) || t == typeof(Digest)) && InfoOf(t) is not null);

    private static JsonTypeInfo? InfoOf(Type type) =>
        type == typeof(Digest) ? DigestJson.Default.Digest : JournalJson.Default.GetTypeInfo(type);

    private static bool MayBeMissing(Type type, PropertyInfo member) => member.SetMethod is not null
        && (type.Name, member.Name) is not (nameof(Terms), nameof(Terms.Severity)) and not (nameof(Incident), nameof(Incident.Shape))
        && member.GetCustomAttribute<RequiredMemberAttribute>() is null
        && type.GetConstructors()[0].GetParameters().All(p => p.Name != member.Name);

    private static string Shown(object? value) => value switch
    {
        null => "null",
        IEnumerable list when list.GetType() is { IsGenericType: true } t && t.GetGenericTypeDefinition() == typeof(ImmutableArray<>) =>
            (bool)t.GetProperty("IsDefault")!.GetValue(list)! ? "default" : $"[{string.Join(", ", list.Cast<object>())}]",
        _ => $"'{value}'",
    };

    private static object Made(Type type)
    {
        var made = type.GetConstructors()[0].Invoke([.. type.GetConstructors()[0].GetParameters().Select(p => Some(p.ParameterType))]);
        foreach (var member in type.GetProperties().Where(m => m.GetCustomAttribute<RequiredMemberAttribute>() is not null))
        {
            member.SetValue(made, Some(member.PropertyType));
        }

        return made;
    }

    private static object? Some(Type type) =>
        type == typeof(string) ? "some"
        : type == typeof(DateTimeOffset) ? DateTimeOffset.UnixEpoch
        : type == typeof(JsonElement) ? JsonElement.Parse("{}")
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) ? type.GetField("Empty")!.GetValue(null)
        : type.IsSubclassOf(typeof(Stored)) ? Made(type)
        : type.IsValueType ? RuntimeHelpers.GetUninitializedObject(type)
        : type.GetField("Empty")?.GetValue(null);
}
