namespace Remediator.Aws.Endpoints;

/// <summary>
/// The named values that decide an endpoint: <c>Region</c>, <c>UseFIPS</c>, <c>UseDualStack</c>, <c>Endpoint</c>,
/// <c>Bucket</c>, <c>ForcePathStyle</c>, and others that only one service knows. Names are those of the services' endpoint rules.
/// A name unknown to a service's rules is ignored.
/// </summary>
public sealed class EndpointParameters
{
    private readonly Dictionary<string, object> values = new(StringComparer.Ordinal);

    /// <summary>Sets a value; null removes the name.</summary>
    public EndpointValue this[string name]
    {
        set
        {
            if (value.Value is { } given)
            {
                values[name] = given;
            }
            else
            {
                values.Remove(name);
            }
        }
    }

    internal object? Find(string name) => values.GetValueOrDefault(name);
}
