namespace Remediator.Incidents;

/// <summary>How far the service may go.</summary>
internal enum Mode
{
    /// <summary>Plans and records; changes nothing.</summary>
    Observe,

    /// <summary>Plans, asks a person, and changes once one has agreed.</summary>
    Approve,
    Auto,
}

/// <summary>Modes as people write and read them.</summary>
internal static class ModeNames
{
    public static string[] All { get; } = [.. Enum.GetValues<Mode>().Select(Name)];

    public static string Name(this Mode mode) => mode switch
    {
        Mode.Observe => "observe",
        Mode.Approve => "approve",
        Mode.Auto => "auto",
        _ => mode.LaterName(),
    };
}
