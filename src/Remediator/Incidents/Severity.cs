namespace Remediator.Incidents;

/// <summary>How urgent an incident is, as subscribers filter by it.</summary>
internal enum Severity
{
    Critical,
    Error,
    Warning,
    Info,
}

/// <summary>Severities as people write and read them.</summary>
internal static class SeverityNames
{
    public static string[] All { get; } = [.. Enum.GetValues<Severity>().Select(Name)];

    public static string Name(this Severity severity) => severity switch
    {
        Severity.Critical => "critical",
        Severity.Error => "error",
        Severity.Warning => "warning",
        Severity.Info => "info",
        _ => severity.LaterName(),
    };

    /// <summary>A warning where nothing is said.</summary>
    public static Severity Of(string? name) => name is null ? Severity.Warning : (Severity)Array.IndexOf(All, name);
}
