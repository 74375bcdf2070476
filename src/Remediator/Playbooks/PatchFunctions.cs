using Remediator.JmesPath;
using Remediator.Values;

namespace Remediator.Playbooks;

/// <summary>What a call needs that takes a change as a patch.</summary>
internal static class PatchFunctions
{
    /// <summary>The patch from one object to another, as text: (before, after). Nothing at all is an empty object.</summary>
    public static JmesPathValue JsonPatch(JmesPathCall call) => JmesPathValue.From(
        Values.JsonPatch.Between(call[0].ToJsonElement(), call[1].IsNull ? Json.EmptyObject : call[1].ToJsonElement()).GetRawText());
}
