using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change;

/// <summary>
/// Reads what helps a person where no playbook answers the rule, and writes down what to do with the resource's own values. Like evidence
/// it decides nothing: what cannot be read is said to be so, and the notice goes out.
/// </summary>
internal sealed class GuideReader(IAwsAccounts accounts, PlaybookLibrary library, IConfigService config, TimeProvider clock)
{
    private const int LongestSentence = 600;

    /// <summary>What a text message of a notice has room for beside all else.</summary>
    private const int LongestCommand = 4000;

    private const int MostRepeats = 8;

    private const string NotUsable = "its file cannot be used as it is deployed; 'remediator lint' says why";

    /// <summary>In its place, because those after it may need it.</summary>
    private const string LeftOut =
        "A step is left out here: what it needs could not be read, or may not stand in a message. The text by hand says what it is.";

    private const string Unsure = "Steps may be missing: not all that decides about them could be read.";

    /// <summary>The incident with the help that its rule's guide gives; without any where there is no guide.</summary>
    public async Task<Incident> WithAsync(Incident incident, CancellationToken ct)
    {
        var begun = clock.GetUtcNow();
        if (incident is not ({ Reason: Reason.Unsupported, Change: null } or { Reason: Reason.Contained }))
        {
            return Notices.WithHelp(incident, null);
        }

        try
        {
            Help? help = null;
            var why = library.GuideTo(incident.Terms.RuleIdentifier, incident.Resource.Type) is not { } guide ? null
                : await Questions.WhyNotAsync(async () => help = await HelpAsync(guide, incident, begun, ct));
            return Notices.WithHelp(incident, why is null ? help : Unknown(begun, "The resource", why));
        }
        catch (Exception e) when (e is InvalidFileException or FileNotFoundException or DirectoryNotFoundException)
        {
            // A notice without its guide is better than no notice.
            return Notices.WithHelp(incident, Unknown(begun, "The guide", NotUsable));
        }
    }

    private async Task<Help> HelpAsync(Guide guide, Incident incident, DateTimeOffset begun, CancellationToken ct)
    {
        var rule = guide.UsesRule
            ? await config.RuleAsync(incident.Resource.Account, incident.Region, incident.Rule, ct)
            : null;
        if (guide.UsesRule && rule is null)
        {
            return Unknown(begun, "The rule", "it no longer exists");
        }

        var aws = DeclaredCalls.Of(accounts, incident, guide.Reads);
        var names = new BoundedAws(aws, Limits.EvidenceCalls, Limits.EvidenceCalls);
        var known = PlanningScope.OfGuide(incident, guide.Reads, rule?.InputParameters ?? default).With("evidence", Json.EmptyObject);
        var (found, unknown) = await NameResolver.ResolveAsync(guide.Reads, known, names, ct);
        if (found is not { } scope)
        {
            return Unknown(begun, "The resource", unknown);
        }

        var questions = new Questions(aws, begun, clock);
        var (answers, isWhole) = (ImmutableArray.CreateBuilder<EvidenceAnswer>(), true);
        foreach (var query in guide.Reads.Evidence.Take(Limits.EvidenceQueries))
        {
            var (shown, read) = await questions.AnswerAsync(query, scope, ct);
            answers.Add(shown);
            isWhole &= read is not null;
            scope = query.Query.Name.Length == 0 ? scope : scope.WithMember("evidence", query.Query.Name, read ?? Json.Null);
        }

        return new(new(begun, answers.ToImmutable()), Steps(guide, scope, isWhole));
    }

    private static Help Unknown(DateTimeOffset begun, string what, string why) =>
        new(new(begun, [Questions.Unread(what, why)]), [new(Unsure, "")]);

    private static ImmutableArray<HandStep> Steps(Guide guide, Scope scope, bool isWhole)
    {
        var steps = ImmutableArray.CreateBuilder<HandStep>();
        foreach (var step in guide.Next)
        {
            try
            {
                ImmutableArray<HandStep> shown = [.. Of(step, scope)];
                steps.AddRange(shown);
            }
            catch (Exception e) when (e is MissingValueException or ExpressionException)
            {
                steps.Add(new(LeftOut, ""));
            }
        }

        return isWhole ? steps.ToImmutable() : [.. steps, new(Unsure, "")];
    }

    private static IEnumerable<HandStep> Of(GuideStep step, Scope scope)
    {
        if (step.When is { } when && !when.Evaluate(scope).IsTruthy())
        {
            return [];
        }

        if (step.ForEach is not { } each)
        {
            return [Rendered(step, scope)];
        }

        JsonElement[] items = each.Evaluate(scope) is var all && all.IsList() ? [.. all.EnumerateArray()] : [];
        var shown = items.Take(MostRepeats).Select(item => Rendered(step, scope.With("item", item)));
        return items.Length <= MostRepeats ? shown : [.. shown, new($"The same for {items.Length - MostRepeats} more.", "")];
    }

    private static HandStep Rendered(GuideStep step, Scope scope)
    {
        var sentence = step.Do.Render(scope).ToString();
        var command = step.Run?.Render(scope) ?? "";
        return ShownValue.IsSecret(sentence) || command.Length > LongestCommand
            ? throw new MissingValueException("A value looks like a secret, or is too long for a message.")
            : new(PlainText.Line(sentence, LongestSentence), command);
    }
}
