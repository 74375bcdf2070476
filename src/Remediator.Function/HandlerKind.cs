using System.Collections.Frozen;

namespace Remediator.Function;

/// <summary>The three functions that one executable can be.</summary>
internal enum HandlerKind
{
    Remediate,
    Sweep,
    Operate,
}

internal static class HandlerKinds
{
    public static readonly FrozenDictionary<string, HandlerKind> ByName = new Dictionary<string, HandlerKind>
    {
        ["remediate"] = HandlerKind.Remediate,
        ["sweep"] = HandlerKind.Sweep,
        ["operate"] = HandlerKind.Operate,
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
