using Remediator.JmesPath;
using Remediator.Values;

namespace Remediator.Playbooks;

/// <summary>For calls that take a change as a JSON patch.</summary>
internal static class PatchFunctions
{
    /// <summary>The patch from one object to another, as text: (before, after). Null counts as an empty object.</summary>
    public static JmesPathValue JsonPatch(JmesPathCall call) => JmesPathValue.From(
        Values.JsonPatch.Between(call[0].ToJsonElement(), call[1].IsNull ? Json.EmptyObject : call[1].ToJsonElement()).GetRawText());
}
