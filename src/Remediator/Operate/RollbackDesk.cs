using System.Globalization;
using Remediator.Aws;
using Remediator.Decide;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Operate;

/// <summary>
/// Rolls a resource back for a person: as an event would that says when the resource was right last. What was asked for is in the
/// incident before anything is planned, so that whoever goes on with it does the same.
/// </summary>
internal sealed class RollbackDesk(
    Pipeline pipeline,
    Claimer claimer,
    IConfigService config,
    Foresight foresight,
    Limits limits,
    string ownAccount,
    TimeProvider clock)
{
    /// <param name="command">What is asked for.</param>
    /// <param name="objection">Why whoever gives the command may not have a resource of this team changed; null where he may.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<Outcome> RunAsync(OperatorCommand command, Func<string, string?> objection, CancellationToken ct)
    {
        if (command.Rollback is not { } asked)
        {
            return new Outcome.Refused("Which resource goes back, and to when? remediator rollback TYPE ID --to TIME.");
        }

        if (asked.Objection(clock.GetUtcNow()) is { } impossible)
        {
            return new Outcome.Refused(impossible);
        }

        try
        {
            var resource = asked.Resource with { Account = asked.Resource.Account is { Length: > 0 } of ? of : ownAccount };
            var (rule, why) = await RuleAsync(resource, asked.Rule, ct);
            return rule is null
                ? new Outcome.Refused(why)
                : await RunAsync(command, asked, Change(command, asked, resource, rule), objection, ct);
        }
        catch (Exception e) when (Fault.Of(e) is { } fault)
        {
            return fault.IsPassing ? new Outcome.Busy($"{fault.Detail} Try again in a minute.") : new Outcome.Refused(fault.Detail);
        }
    }

    private async Task<Outcome> RunAsync(
        OperatorCommand command, RollbackOrder asked, ComplianceChange change, Func<string, string?> objection, CancellationToken ct)
    {
        var decision = await pipeline.DecideAsync(change, ct);
        return asked.IsDryRun ? await foresight.OfAsync(claimer.Opening(change, decision.Answer, decision.Terms), decision, ct)
            : objection(decision.Terms.Owner) is { } theirs ? new Outcome.Refused(theirs)
            : decision is Decision.Skip(var left) ? new Outcome.Skipped(left)
            : await claimer.ClaimAsync(change, decision.Answer, decision.Terms, ct) switch
            {
                Claim.Mine mine when Transitions.IsAtWork(mine.Incident.State) => await AtWorkAsync(mine, decision, ct),
                Claim.Mine mine => await BeginAsync(claimer.Run(mine), decision, CommandText.Note(command), ct),
                Claim.Answered answered => new Outcome.Skipped(answered.Why),
                _ => new Outcome.Busy("Another worker has the resource right now: try again in a minute."),
            };
    }

    private async Task<Outcome> BeginAsync(Run run, Decision decision, string note, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await run.SaveAsync(Transitions.GoesOn(run.Incident, approvedBy: null, note, now, now + limits.RunTime), ct);
        return await pipeline.ContinueAsync(run, decision, ct);
    }

    /// <summary>A worker stopped in the middle of another change: that one is brought to its end, and the person asks again.</summary>
    private async Task<Outcome> AtWorkAsync(Claim.Mine mine, Decision decision, CancellationToken ct)
    {
        var run = claimer.Run(mine with
        {
            Incident = mine.Incident with { Origin = mine.Incident.Origin with { Asked = null } },
        });
        var ended = await pipeline.ContinueAsync(run, decision, ct);
        return new Outcome.Busy(
            $"Incident {run.Incident.Id} was in the middle of another change, which was gone on with ({ended.Name}): ask again.");
    }

    private ComplianceChange Change(OperatorCommand command, RollbackOrder asked, ResourceKey resource, RuleRef rule) => new()
    {
        Resource = resource,
        Rule = rule,
        Compliance = Compliance.NonCompliant,
        RecordedAt = clock.GetUtcNow(),
        CompliantBefore = asked.To,
        Asked = new(asked.To) { IsOfEverything = asked.Rule is null, By = command.Identity },
        Annotation = string.Create(CultureInfo.InvariantCulture, $"A person rolls it back to {asked.To:u}."),
    };

    /// <summary>The rule that was named; else the one that finds the resource wrong, or where none does, that evaluates it.</summary>
    private async Task<(RuleRef? Rule, string Why)> RuleAsync(ResourceKey resource, string? named, CancellationToken ct)
    {
        if (named is null)
        {
            (named, var unclear) = await WrongByAsync(resource, ct);
            if (named is null)
            {
                return (null, unclear);
            }
        }

        return (
            await config.RuleNamedAsync(resource.Account, resource.Region, named, ct),
            $"There is no Config rule {named} in {resource.Account}, {resource.Region}.");
    }

    private async Task<(string? Rule, string Why)> WrongByAsync(ResourceKey resource, CancellationToken ct)
    {
        var results = await config.EvaluationsAsync(resource, resource.Region, ct);
        var wrong = results.Where(r => r.Value is Compliance.NonCompliant).Select(r => r.Key).ToList();
        var rules = wrong is [] ? [.. results.Keys] : wrong;
        return rules switch
        {
            [var one] => (one, ""),
            [] => (
                null, $"No Config rule evaluates {resource}. An incident is under a rule, whose word it ends with: give one with --rule."),
            _ => (
                null,
                $"{(wrong is [] ? "Several rules evaluate" : "Several rules find wrong")} {resource}: "
                + $"{string.Join(", ", rules.Order(StringComparer.Ordinal))}. Choose one with --rule."),
        };
    }
}
