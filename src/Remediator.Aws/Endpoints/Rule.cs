namespace Remediator.Aws.Endpoints;

/// <summary>A rule: conditions, and the result if all of them hold.</summary>
internal abstract class Rule
{
    private readonly Condition[] conditions;

    private Rule(Condition[] conditions) => this.conditions = conditions;

    /// <summary>The resulting endpoint, or null: try the next rule.</summary>
    /// <exception cref="AwsEndpointException">The rule says that there is no endpoint.</exception>
    internal EndpointMatch? Evaluate(Scope scope)
    {
        var match = AllHold(scope) ? Conclude(scope) : null;
        if (match is null)
        {
            Forget(scope);
        }

        return match;
    }

    private protected abstract EndpointMatch? Conclude(Scope scope);

    private bool AllHold(Scope scope)
    {
        foreach (var condition in conditions)
        {
            if (!condition.Holds(scope))
            {
                return false;
            }
        }

        return true;
    }

    // A later rule must not see what this one assigned: it may test whether the same name is set.
    private void Forget(Scope scope)
    {
        foreach (var condition in conditions)
        {
            if (condition.AssignTo is { } slot)
            {
                scope[slot] = null;
            }
        }
    }

    internal sealed class Tree(Condition[] conditions, Rule[] rules) : Rule(conditions)
    {
        private protected override EndpointMatch? Conclude(Scope scope)
        {
            foreach (var rule in rules)
            {
                if (rule.Evaluate(scope) is { } match)
                {
                    return match;
                }
            }

            return null;
        }
    }

    internal sealed class Error(Condition[] conditions, Expression reason) : Rule(conditions)
    {
        private protected override EndpointMatch? Conclude(Scope scope) =>
            throw scope.Failure(reason.Evaluate(scope) as string ?? "The reason is not set.");
    }

    internal sealed class Endpoint(Condition[] conditions, EndpointTemplate endpoint) : Rule(conditions)
    {
        private protected override EndpointMatch Conclude(Scope scope) => endpoint.Fill(scope);
    }
}
