namespace Remediator.Incidents;

/// <content>The moves of a change that people agree to in parts.</content>
internal static partial class Transitions
{
    /// <summary>A part of the change is made. It stays, whatever keeps the service from asking about the rest.</summary>
    public static Incident PartMade(Incident incident, int from, DateTimeOffset now) =>
        incident.Noted(EntryKind.Waiting, "a part is made: the rest is asked about", now) with
        {
            Change = incident.Change is { } change ? change with { Step = from, AsksAt = from } : null,
        };

    /// <summary>
    /// A part of the change is made. Before the next one people are asked again, with what is left as it would be made now.
    /// </summary>
    /// <param name="from">The step that is next.</param>
    /// <param name="rest">What is left.</param>
    /// <param name="isNews">It is another plan than people were asked about.</param>
    public static Incident AsksAgain(
        Incident incident, int from, Plan rest, Reason reason, string why, bool isNews, DateTimeOffset now, DateTimeOffset due) =>
        AwaitsApproval(
            incident with
            {
                Change = incident.Change is { Plan: var plan } change
                    ? change with
                    {
                        Plan = plan with { Steps = [.. plan.Steps.Take(from), .. rest.Steps] },
                        Step = from,
                        AsksAt = from,
                    }
                    : null,
            },
            reason,
            why,
            isNews,
            now,
            due);

    /// <summary>People agreed to what is left, or nothing is: the calls go on from there.</summary>
    /// <param name="credentials">How far the credentials reach that it is made with.</param>
    public static Incident RestBegun(Incident asked, DateTimeOffset now, DateTimeOffset due, string credentials = "")
    {
        var calls = asked.Asked?.Calls.Count() ?? 0;
        var what = $"goes on with {(calls == 1 ? "1 call" : $"{calls} calls")}{credentials}";
        return To(asked.Noted(EntryKind.Applying, what, now), IncidentState.Applying) with
        {
            Change = asked.Change is { } change
                ? change with
                {
                    BeganAt = now,
                    AgreedBy = asked.ApprovedBy ?? change.AgreedBy,
                    AgreedFrom = change.From,
                    AsksAt = null,
                }
                : null,
            Attempts = asked.Attempts + 1,
            ApprovedBy = null,
            Due = due,
        };
    }
}
