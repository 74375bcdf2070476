using Remediator.Incidents;
using Remediator.Learn;
using Remediator.Record;

namespace Remediator.Operate;

/// <summary>Holds a rising rollout at a person's word, or lets one that is held go on from where it is.</summary>
internal sealed class RolloutDesk(IJournal journal, TimeProvider clock)
{
    private const int Tries = 8;

    public async Task<Outcome> RunAsync(string id, OperatorCommand command, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(command.Why))
        {
            return new Outcome.Refused("A word about a rollout needs a reason: --why '…'.");
        }

        for (var tries = 0; tries < Tries; tries++)
        {
            var book = await journal.RolloutsAsync(ct);
            if (book.Unbelieved is { } why)
            {
                return new Outcome.Refused($"How far the rollouts are is not known: {why}.");
            }

            if (book.Find(id) is not { } rollout)
            {
                return new Outcome.Refused($"No rollout '{id}' has begun: 'remediator rollouts' lists them.");
            }

            var isHold = command.Verb is OperatorVerb.Pause;
            if (rollout.Held is null != isHold)
            {
                return new Outcome.Done(null, rollout.Held is { } held
                    ? $"It is held already, at {rollout.Share}%: {held.Why}."
                    : $"It is not held: {rollout.Share}% by now.");
            }

            var next = isHold ? Held(rollout, command) : await GoesOnAsync(rollout, ct);
            next = next.Noted(EntryKind.Person, CommandText.Note(command), clock.GetUtcNow());
            if (await journal.WriteRolloutsAsync(book.Items.Replace(rollout, next), book, ct))
            {
                return new Outcome.Done(null, isHold
                    ? $"Rollout {id} is held at {rollout.Share}%: 'remediator resume --rollout {id}' lets it go on."
                    : $"Rollout {id} rises again, from {rollout.Share}%.");
            }
        }

        return new Outcome.Busy("Others are at the rollouts right now: try again in a minute.");
    }

    private RolloutState Held(RolloutState rollout, OperatorCommand command) => rollout with
    {
        Held = new(clock.GetUtcNow(), CommandText.Note(command)) { IsTold = true },
    };

    /// <summary>What the person could know when he let it go on is not held against it again.</summary>
    private async Task<RolloutState> GoesOnAsync(RolloutState rollout, CancellationToken ct) =>
        rollout.RisingFrom(clock.GetUtcNow()) with
        {
            Held = null,
            Seen = (await RolloutEvidence.ReadAsync(journal, rollout.Id, ct)).Counts,
        };
}
