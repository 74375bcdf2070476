namespace Remediator.Cli.Doctor;

/// <summary>How a check ended, the worst last.</summary>
internal enum CheckResult
{
    Ok,

    /// <summary>It works, or was not seen: somebody should look.</summary>
    Warn,

    /// <summary>Findings would not be handled, or nobody would be told.</summary>
    Fail,
}

/// <summary>What a check saw.</summary>
/// <param name="Seen">In words, with the values that were read.</param>
/// <param name="Remedy">A command to paste, a line of the policy, or what to do; empty where nothing is.</param>
internal sealed record Found(CheckResult Result, string Seen, string Remedy)
{
    /// <summary>What it is about, where that is not what was looked at as a whole.</summary>
    public string? About { get; init; }

    public static Found Ok(string seen) => new(CheckResult.Ok, seen, "");

    public static Found Warn(string seen, string remedy) => new(CheckResult.Warn, seen, remedy);

    public static Found Fail(string seen, string remedy) => new(CheckResult.Fail, seen, remedy);
}

/// <summary>One line of the command's answer.</summary>
internal sealed record CheckLine(string Check, string About, Found Found);
