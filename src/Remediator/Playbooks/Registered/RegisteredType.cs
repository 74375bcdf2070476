using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Values;

namespace Remediator.Playbooks.Registered;

/// <summary>
/// What is known of a type of resource that AWS Config records in CloudFormation's shape and that Cloud Control updates. Paths are
/// written <c>Member/*/Member</c>; a star is any item of a list.
/// </summary>
internal sealed record RegisteredType
{
    /// <summary>As AWS Config names it.</summary>
    public required string Name { get; init; }

    /// <summary>As Cloud Control names it.</summary>
    public required string ControlName { get; init; }

    /// <summary>The members of the model that identify a resource, in their order.</summary>
    public required ImmutableArray<string> Identifier { get; init; }

    public required FrozenSet<string> Properties { get; init; }

    public required FrozenSet<string> ReadOnly { get; init; }

    /// <summary>Set when the resource is created and never after.</summary>
    public required FrozenSet<string> CreateOnly { get; init; }

    /// <summary>
    /// Never read back, so that every update of the resource loses them. Those that only say how an update or a deletion is made are not
    /// among these.
    /// </summary>
    public required ImmutableArray<string> WriteOnly { get; init; }

    /// <summary>Say how an update or a deletion is made: nothing of the resource is in them.</summary>
    public required FrozenSet<string> Switches { get; init; }

    /// <summary>A removal of these succeeds and changes nothing, as others have seen.</summary>
    public required ImmutableArray<string> Stays { get; init; }

    /// <summary>Where the tags are; null where they cannot be changed.</summary>
    public required string? Tags { get; init; }

    public required FrozenSet<string> Numbers { get; init; }

    public required FrozenSet<string> Flags { get; init; }

    /// <summary>Texts with a list of values in which no word says that nothing is set.</summary>
    public required FrozenSet<string> Words { get; init; }

    /// <summary>The IAM actions that reading and updating it needs.</summary>
    public required ImmutableArray<string> Reads { get; init; }

    public required ImmutableArray<string> Updates { get; init; }

    public static RegisteredType Of(string name, JsonElement facts) => new()
    {
        Name = name,
        ControlName = facts.TextOf("as") ?? name,
        Identifier = Texts(facts, "id"),
        Properties = Set(facts, "properties"),
        ReadOnly = Set(facts, "readOnly"),
        CreateOnly = Set(facts, "createOnly"),
        WriteOnly = Texts(facts, "writeOnly"),
        Switches = Set(facts, "switches"),
        Stays = Texts(facts, "stays"),
        Tags = facts.TextOf("tags"),
        Numbers = Set(facts, "numbers"),
        Flags = Set(facts, "flags"),
        Words = Set(facts, "words"),
        Reads = Texts(facts, "reads"),
        Updates = Texts(facts, "updates"),
    };

    /// <summary>Whether an update may say something at a path.</summary>
    public bool IsWritable(string path) =>
        !ReadOnly.Contains(path) && !CreateOnly.Contains(path) && !Switches.Contains(path) && !WriteOnly.Contains(path)
        && Properties.Contains(path.Split('/')[0]);

    private static FrozenSet<string> Set(JsonElement facts, string name) => Texts(facts, name).ToFrozenSet(StringComparer.Ordinal);

    private static ImmutableArray<string> Texts(JsonElement facts, string name) =>
        facts.Member(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(t => t.GetString()!)] : [];
}
