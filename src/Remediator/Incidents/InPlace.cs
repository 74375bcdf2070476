namespace Remediator.Incidents;

/// <summary>What has become of what an incident changed, as far as that is known.</summary>
internal enum InPlace
{
    /// <summary>Nothing was changed.</summary>
    Nothing,
    Still,

    /// <summary>The service, or a person by it, put it back and proved that.</summary>
    PutBack,

    /// <summary>Putting it back was begun, and is not proved.</summary>
    PartlyBack,

    /// <summary>It was found right, and reads otherwise now: somebody else changed it.</summary>
    Reverted,

    /// <summary>It was found right, and AWS Config finds it wrong again; how it reads now is not known.</summary>
    FoundWrong,
}

internal static class InPlaceWords
{
    public static InPlace Of(Incident i) => i switch
    {
        { IsChanged: false, Change.UndoCalls.IsEmpty: false } => InPlace.PutBack,
        { IsChanged: false, Change.BeganAt: not null } => InPlace.PutBack,
        { IsChanged: false, Reason: Reason.Flapping } => InPlace.Reverted,
        { IsChanged: false } => InPlace.Nothing,
        { Change.UndoCalls.IsEmpty: false } => InPlace.PartlyBack,
        { Change.IsTakenBack: true } => InPlace.Still,
        _ when IsWrongAgain(i) => i.Reason is Reason.Flapping or Reason.OverBudget ? InPlace.Reverted : InPlace.FoundWrong,
        _ => InPlace.Still,
    };

    public static string Words(this InPlace place) => place switch
    {
        InPlace.Nothing => "nothing",
        InPlace.Still => "changed, and still in place",
        InPlace.PutBack => "changed, and put back as it was",
        InPlace.PartlyBack => "changed; putting it back was begun, and is not proved",
        InPlace.Reverted => "changed, and reverted since by somebody",
        InPlace.FoundWrong => "changed, and found wrong again since",
        _ => throw new ArgumentOutOfRangeException(nameof(place), place, "A state of a change without words."),
    };

    /// <summary>It read right once, and why automation stopped now is not that Config says otherwise, or nothing.</summary>
    private static bool IsWrongAgain(Incident i) =>
        i is { FixedAt: not null, State: IncidentState.Escalated or IncidentState.AwaitingApproval }
        && i.Reason is not (null or Reason.Unconfirmed or Reason.Disputed or Reason.Contained) && i.Reason.Value.IsKnown();
}
