namespace Remediator.Aws.Endpoints;

/// <summary>One condition of a rule; its value may be stored in a slot for later conditions.</summary>
internal sealed record Condition(Expression Value, int? AssignTo)
{
    internal bool Holds(Scope scope)
    {
        var value = Value.Evaluate(scope);
        if (AssignTo is { } slot)
        {
            scope[slot] = value;
        }

        return Functions.Holds(value);
    }
}
