using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change;

/// <summary>What asking for the resource, as its type says, has shown.</summary>
/// <param name="Gone">Why it counts as gone; null where it is there, or where nothing is known of the type.</param>
/// <param name="Broken">The guard of the type that does not hold for the playbook.</param>
internal sealed record FoundType(string? Gone, TypeGuard? Broken)
{
    /// <summary>Its tags; null where the answer does not tell them.</summary>
    public ImmutableDictionary<string, string>? Tags { get; init; }

    /// <exception cref="WrongResourceException">The answer is about another resource than the event.</exception>
    public static async Task<FoundType> ReadAsync(Playbook playbook, Scope scope, IAws aws, CancellationToken ct)
    {
        if (playbook.Types.FirstOrDefault(t => t.Name == scope["resource"].TextOf("type")) is not { } type)
        {
            return new(null, null);
        }

        var found = await Reader.ReadAsync(type.Read, AsNamed(scope), aws, ct);
        return found.IsGone
            ? new($"{type.Read.Call.Operation} does not find it, or says that it is ending", null)
            : new(null, type.FailedGuard(playbook, scope, found.State)) { Tags = AwsTags.Described(type.Name, found.State) };
    }

    /// <summary>By the name that its id gives: a playbook may have resolved another, of a setting beside the resource.</summary>
    private static Scope AsNamed(Scope scope) =>
        scope["resource"].Member("parts") is { ValueKind: JsonValueKind.Array } parts && parts.GetArrayLength() is > 0 and var length
            ? scope.WithMember("resource", "name", parts[length - 1])
            : scope;
}
