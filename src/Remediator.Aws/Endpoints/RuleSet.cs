namespace Remediator.Aws.Endpoints;

/// <summary>The endpoint rules of one service. Immutable and thread-safe.</summary>
/// <param name="SigningName">The service in the signing scope if the rules name none.</param>
/// <param name="Slots">The number of values that an evaluation needs; the parameters come first, in their order.</param>
internal sealed record RuleSet(string Service, string SigningName, ParameterDefinition[] Parameters, Rule[] Rules, int Slots)
{
    /// <exception cref="AwsEndpointException">The rules give no endpoint for these parameters.</exception>
    internal EndpointMatch Evaluate(EndpointParameters given)
    {
        var scope = new Scope(Service, Slots);
        for (var slot = 0; slot < Parameters.Length; slot++)
        {
            scope[slot] = Parameters[slot].Bind(given, scope);
        }

        foreach (var rule in Rules)
        {
            if (rule.Evaluate(scope) is { } match)
            {
                return match;
            }
        }

        throw scope.Failure("No rule matches the parameters.");
    }
}
