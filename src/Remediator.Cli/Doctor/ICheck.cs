namespace Remediator.Cli.Doctor;

/// <summary>One thing that has to hold for a deployment to work. It only looks.</summary>
internal interface ICheck
{
    /// <summary>As lines begin, and --json has it.</summary>
    string Name { get; }

    /// <summary>What is looked at, each by itself: a call that is refused costs the others nothing.</summary>
    IEnumerable<Look> Looks(DeploymentView on);
}

/// <summary>One look.</summary>
/// <param name="About">The account, resource or setting that it is about.</param>
/// <param name="Run">Looks.</param>
internal sealed record Look(string About, Func<CancellationToken, Task<IReadOnlyList<Found>>> Run)
{
    public static Look One(string about, Func<CancellationToken, Task<Found>> run) => new(about, async ct => [await run(ct)]);
}

/// <summary>Something that a check needs could not be seen, for a reason that is no fault of the deployment's.</summary>
/// <param name="seen">What is not known.</param>
/// <param name="remedy">What would make it known.</param>
internal sealed class NotSeenException(string seen, string remedy) : Exception(seen)
{
    public string Remedy { get; } = remedy;
}
