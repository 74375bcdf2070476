namespace Remediator.Aws.Endpoints;

/// <summary>The endpoint of a rule, with placeholders for values.</summary>
internal sealed record EndpointTemplate(
    Expression Url,
    AuthSchemeTemplate[] AuthSchemes,
    KeyValuePair<string, Expression[]>[] Headers,
    KeyValuePair<string, Expression[]>[] Properties)
{
    internal EndpointMatch Fill(Scope scope) => new(
        Text(Url, scope),
        Array.ConvertAll(AuthSchemes, scheme => scheme.Fill(scope)),
        Fill(Headers, scope),
        Fill(Properties, scope));

    internal static string Text(Expression expression, Scope scope) =>
        expression.Evaluate(scope) as string ?? throw scope.Failure("A value of the endpoint is not set.");

    private static Dictionary<string, string[]> Fill(KeyValuePair<string, Expression[]>[] lists, Scope scope)
    {
        var filled = new Dictionary<string, string[]>(lists.Length, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in lists)
        {
            filled[name] = Array.ConvertAll(values, value => Text(value, scope));
        }

        return filled;
    }
}
