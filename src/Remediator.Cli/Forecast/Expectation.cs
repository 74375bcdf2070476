using Remediator.Incidents;

namespace Remediator.Cli.Forecast;

/// <summary>What would become of an incident under a policy.</summary>
internal enum Expected
{
    /// <summary>It would be changed, with nobody asked.</summary>
    Change,

    /// <summary>A person would be asked first.</summary>
    Ask,

    /// <summary>Nothing could be done: a person would be called.</summary>
    Person,

    /// <summary>Later: a freeze, somebody at work, a new resource, another worker.</summary>
    Wait,

    /// <summary>There is nothing to change.</summary>
    Right,

    /// <summary>The policy only observes it.</summary>
    Observe,

    /// <summary>It is left alone: exempt, or held.</summary>
    Leave,
}

internal static class ExpectedNames
{
    public static string Name(this Expected expected) => expected.ToString().ToLowerInvariant();

    public static string Words(this Expected expected) => expected switch
    {
        Expected.Change => "changed at once, nobody is asked",
        Expected.Ask => "a person is asked first",
        Expected.Person => "not possible: a person is called",
        Expected.Wait => "waits",
        Expected.Right => "nothing to change",
        Expected.Observe => "only observed",
        Expected.Leave => "left alone: exempt or held",
        _ => throw new ArgumentOutOfRangeException(nameof(expected), expected, "What is expected has no words."),
    };
}

/// <param name="Kind">What would become of it.</param>
/// <param name="Why">Why, where that is not plain.</param>
/// <param name="Team">Whom the policy names.</param>
/// <param name="Playbook">What would answer; empty where nothing does.</param>
/// <param name="Plan">What would be changed; null where there is no plan, or none was made.</param>
internal sealed record Expectation(Expected Kind, string Why, string Team = "", string Playbook = "", Plan? Plan = null)
{
    /// <summary>The hour from now in which the budgets let it be changed, the first is 1; null where it is not changed.</summary>
    public int? Hour { get; init; }
}

/// <summary>An incident, what would become of it, and what becomes of it under the policy in force.</summary>
internal sealed record Prospect(Incident Incident, Expectation Then, Expectation Now);
