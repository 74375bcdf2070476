using Remediator.Values;

namespace Remediator.Playbooks;

/// <summary>Policy and rule do not say enough to act on, or contradict each other: a person has to decide.</summary>
internal class NotConfiguredException(string why) : Exception(why);

/// <summary>The value to be written is not what the rule requires: nothing is written.</summary>
internal sealed class UnmetRuleException(Expression meets, Scope scope) : NotConfiguredException(Sentence(meets, scope))
{
    private static string Sentence(Expression meets, Scope scope)
    {
        var asked = PlaybookExpressions.In(meets)
            .SelectMany(e => e.Paths)
            .Where(p => p.StartsWith("rule.", StringComparison.Ordinal))
            .Select(RuleReads.NameIn)
            .Distinct(StringComparer.Ordinal)
            .Where(name => !scope["rule"].Member(name).IsNull())
            .Select(name => $"{name}: {scope["rule"].Member(name)}");
        var list = string.Join(", ", asked);
        return $"The setting would not satisfy the rule{(list.Length > 0 ? $" ({list})" : "")} after the change either, so that nothing "
            + "was changed. "
            + "Change what the policy gives for it, or the rule, or do it by hand.";
    }
}
