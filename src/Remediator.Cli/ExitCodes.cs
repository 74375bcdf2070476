namespace Remediator.Cli;

/// <summary>The exit codes. Scripts depend on them: docs/operating.md and --help list the same.</summary>
internal static class ExitCodes
{
    /// <summary>Done, or nothing had to be done.</summary>
    public const int Done = 0;

    /// <summary>Problems were found, a person was called, or the command was refused.</summary>
    public const int Problems = 1;

    /// <summary>The command line or the file that it names cannot be used.</summary>
    public const int Usage = 2;

    /// <summary>The environment: a setting is missing, the policy cannot be used, AWS refused or was not reached.</summary>
    public const int Environment = 3;

    /// <summary>Not finished: another worker has the resource, or AWS throttles. The same command continues later.</summary>
    public const int Later = 4;

    /// <summary>Interrupted, as the shell counts it.</summary>
    public const int Interrupted = 130;

    public const string Help = """
        Exit codes:
          0    done, or nothing had to be done
          1    problems were found, a person was called, or the command was refused
          2    the command line, or the file that it names, cannot be used
          3    the environment: a setting is missing, the policy cannot be used, AWS refused or was not reached
          4    not finished: another worker has the resource, or AWS throttles; run the same command again later
          130  interrupted
        """;

    public static int Of(Outcome outcome) => OfName(outcome.Name);

    /// <summary>By the names that the deployed function answers with, too.</summary>
    public static int OfName(string outcome) => outcome switch
    {
        "escalated" or "conflict" or "refused" or "rejected" or "failed" => Problems,
        "pending" or "busy" => Later,
        _ => Done,
    };
}
