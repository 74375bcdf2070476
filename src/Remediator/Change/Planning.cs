using System.Collections.Immutable;
using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.Change;

/// <summary>What came of planning.</summary>
internal abstract record Planning
{
    private Planning()
    {
    }

    /// <summary>
    /// What is recorded where nothing may be changed: the plan, and why a person would be asked or nothing could be done. Null where the
    /// setting is right.
    /// </summary>
    /// <param name="asksFor">Why a person would be asked before any change; null where nobody has to be.</param>
    public (Ready? Ready, Reason? Reason, string? Why)? Watched(Func<Ready, string?> asksFor) => this switch
    {
        Gone(var why) => (null, Reason.NotFound, why),
        Refused(var reason, var why) => (null, reason, why),
        Guarded(var reason, var because, var plan) => (plan, reason, because),
        Ready ready when asksFor(ready) is { } asks => (ready, Reason.ApprovalNeeded, asks),
        Ready ready => (ready, null, null),
        _ => null,
    };

    /// <summary>What would be done, with or without a person's word; null where there is no plan.</summary>
    public Ready? Proposal => this switch
    {
        Ready ready => ready,
        Guarded(_, _, var ready) => ready,
        _ => null,
    };

    /// <summary>The same plan, with more known of what it goes back to.</summary>
    public Planning With(RecordedOrigin recorded) => this switch
    {
        Ready ready => ready with { Recorded = recorded },
        Guarded guarded => guarded with { Plan = guarded.Plan with { Recorded = recorded } },
        _ => this,
    };

    /// <summary>The same plan, with who owns the resource.</summary>
    public Planning With(ResourceOwner owner) => this switch
    {
        Ready ready => ready with { Owner = owner },
        Guarded guarded => guarded with { Plan = guarded.Plan with { Owner = owner } },
        _ => this,
    };

    /// <summary>The same plan, with the alarms that take it back.</summary>
    public Planning With(AlarmWatch watch) => this switch
    {
        Ready ready => ready with { Watch = watch },
        Guarded guarded => guarded with { Plan = guarded.Plan with { Watch = watch } },
        _ => this,
    };

    /// <summary>The resource is not there.</summary>
    internal sealed record Gone(string Why) : Planning;

    /// <param name="Seen">What was read, for people.</param>
    internal sealed record AlreadyRight(Scope Scope, string Seen) : Planning;

    /// <summary>There is no plan, and a person has to know why.</summary>
    internal sealed record Refused(Reason Reason, string Why) : Planning;

    /// <summary>A guard does not hold: the plan stands, but a person has to agree to it.</summary>
    internal sealed record Guarded(Reason Reason, string Because, Ready Plan) : Planning;

    internal sealed record Ready(
        Playbook Playbook,
        Scope Scope,
        Plan Plan,
        ImmutableArray<(IStepHandler Procedure, ImmutableArray<ReadyCall> Calls)> Steps) : Planning
    {
        /// <summary>The items that a rollback goes back to; null for a wanted value.</summary>
        public RecordedOrigin? Recorded { get; init; }

        /// <summary>Who else says what the resource is to be; null where nobody is known to.</summary>
        public ResourceOwner? Owner { get; init; }

        /// <summary>The resource's tags, where what was read for the plan tells them.</summary>
        public ImmutableDictionary<string, string>? Tags { get; init; }

        /// <summary>The alarms that take it back; null where the policy names none.</summary>
        public AlarmWatch? Watch { get; init; }

        /// <summary>As the journal keeps it.</summary>
        public PlannedChange Change => new()
        {
            Plan = Plan,
            Inputs = Scope.Root,
            Playbook = Playbook.Name,
            PlaybookHash = PlaybookLibrary.HashOf(Playbook.Source),
            Recorded = Recorded,
            Owner = Owner,
            Watch = Watch,
        };
    }
}
