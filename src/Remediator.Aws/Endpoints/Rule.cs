namespace Remediator.Aws.Endpoints;

/// <summary>A rule: conditions, by their indices in the rule set, and the result if all of them hold.</summary>
internal abstract class Rule
{
    private readonly int[] conditions;

    private Rule(int[] conditions) => this.conditions = conditions;

    /// <summary>The resulting endpoint, or null: try the next rule.</summary>
    /// <exception cref="AwsEndpointException">The rule says that there is no endpoint.</exception>
    internal EndpointMatch? Evaluate(RuleSet set, Scope scope)
    {
        var tried = 0;
        var holds = true;
        while (holds && tried < conditions.Length)
        {
            holds = set.Condition(conditions[tried++]).Holds(scope);
        }

        var match = holds ? Conclude(set, scope) : null;
        if (match is null)
        {
            Forget(conditions.AsSpan(0, tried), set, scope);
        }

        return match;
    }

    private protected abstract EndpointMatch? Conclude(RuleSet set, Scope scope);

    // A later rule must not see what this one assigned: it may test whether the same name is set.
    private static void Forget(ReadOnlySpan<int> tried, RuleSet set, Scope scope)
    {
        foreach (var index in tried)
        {
            if (set.Condition(index).AssignTo is { } slot)
            {
                scope[slot] = null;
            }
        }
    }

    internal sealed class Tree(int[] conditions, int[] rules) : Rule(conditions)
    {
        private protected override EndpointMatch? Conclude(RuleSet set, Scope scope) => set.FirstMatch(rules, scope);
    }

    internal sealed class Error(int[] conditions, Expression reason) : Rule(conditions)
    {
        private protected override EndpointMatch? Conclude(RuleSet set, Scope scope) =>
            throw scope.Failure(reason.Evaluate(scope) as string ?? "The reason is not set.");
    }

    internal sealed class Endpoint(int[] conditions, EndpointTemplate endpoint) : Rule(conditions)
    {
        private protected override EndpointMatch Conclude(RuleSet set, Scope scope) => endpoint.Fill(scope);
    }
}
