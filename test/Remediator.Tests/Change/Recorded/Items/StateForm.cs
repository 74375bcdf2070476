using System.Text.Json;
using Remediator.Authoring.Checks;
using Remediator.Change.Recorded;
using Remediator.Values;

namespace Remediator.Tests.Change.Recorded.Items;

/// <summary>Compares a recorded state with the type that the API models give to what the setting reads.</summary>
internal static class StateForm
{
    /// <summary>The members of a value that cannot occur in the result of <c>take</c>.</summary>
    public static IEnumerable<string> Foreign(RecordedSetting setting, JsonElement state) =>
        Foreign(state, ScopeTypes.State(setting.Step), setting.Step.Ignore, "");

    private static IEnumerable<string> Foreign(JsonElement value, InferredType form, IReadOnlyCollection<string> ignored, string path)
    {
        if (Canonical.IsAbsent(value))
        {
            return [];
        }

        return (form.Kind(), value.ValueKind) switch
        {
            ("object", JsonValueKind.Object) =>
                value.EnumerateObject().Where(m => !ignored.Contains(m.Name)).SelectMany(m => Member(m, form, ignored, path)),
            ("list", JsonValueKind.Array) => value.EnumerateArray().SelectMany(item => Foreign(item, form.Item(), ignored, path + "[]")),
            ("object" or "list", _) => [$"{path}: {value.ValueKind} in the place of {form.Kind()}"],
            ("text" or "number" or "boolean", JsonValueKind.Object or JsonValueKind.Array) =>
                [$"{path}: {value.ValueKind} in the place of {form.Kind()}"],
            _ => [],
        };
    }

    private static IEnumerable<string> Member(JsonProperty member, InferredType form, IReadOnlyCollection<string> ignored, string path) =>
        form.Member(member.Name) is { } type
            ? Foreign(member.Value, type, ignored, $"{path}.{member.Name}")
            : Canonical.IsAbsent(member.Value) ? [] : [$"{path}.{member.Name}"];
}
