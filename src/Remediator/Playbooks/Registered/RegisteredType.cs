using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Values;

namespace Remediator.Playbooks.Registered;

/// <summary>
/// The facts about a resource type that AWS Config records with its CloudFormation model and that Cloud Control can update. Paths are
/// written <c>Member/*/Member</c>; an asterisk is any item of a list.
/// </summary>
internal sealed record RegisteredType
{
    /// <summary>The name in AWS Config.</summary>
    public required string Name { get; init; }

    /// <summary>The name in Cloud Control.</summary>
    public required string ControlName { get; init; }

    /// <summary>The members of the model that identify a resource, in order.</summary>
    public required ImmutableArray<string> Identifier { get; init; }

    public required FrozenSet<string> Properties { get; init; }

    public required FrozenSet<string> ReadOnly { get; init; }

    /// <summary>Create-only members.</summary>
    public required FrozenSet<string> CreateOnly { get; init; }

    /// <summary>
    /// Write-only members that are part of the resource, so that every update through Cloud Control loses them. Options of an update or a
    /// deletion are not among these.
    /// </summary>
    public required ImmutableArray<string> WriteOnly { get; init; }

    /// <summary>Options of an update or a deletion, which are not part of the resource.</summary>
    public required FrozenSet<string> Switches { get; init; }

    /// <summary>Members whose removal is reported to succeed without any effect.</summary>
    public required ImmutableArray<string> Stays { get; init; }

    /// <summary>The member with the tags; null if they cannot be changed.</summary>
    public required string? Tags { get; init; }

    public required FrozenSet<string> Numbers { get; init; }

    public required FrozenSet<string> Flags { get; init; }

    /// <summary>Enumerated texts without a value for "not set".</summary>
    public required FrozenSet<string> Words { get; init; }

    /// <summary>The IAM actions that reading and updating the type need.</summary>
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

    /// <summary>Whether an update may set a path.</summary>
    public bool IsWritable(string path) =>
        !ReadOnly.Contains(path) && !CreateOnly.Contains(path) && !Switches.Contains(path) && !WriteOnly.Contains(path)
        && Properties.Contains(path.Split('/')[0]);

    private static FrozenSet<string> Set(JsonElement facts, string name) => Texts(facts, name).ToFrozenSet(StringComparer.Ordinal);

    private static ImmutableArray<string> Texts(JsonElement facts, string name) =>
        facts.Member(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(t => t.GetString()!)] : [];
}
