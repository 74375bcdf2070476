namespace Remediator.Aws.Endpoints;

/// <summary>
/// The named values from which an endpoint follows: <c>Region</c>, <c>UseFIPS</c>, <c>UseDualStack</c>, <c>Endpoint</c>,
/// <c>Bucket</c>, <c>ForcePathStyle</c>, and others that a single service knows. Names are those of the services' endpoint rules.
/// A name that a service's rules do not know is ignored.
/// </summary>
public sealed class EndpointParameters
{
    private readonly Dictionary<string, object> values = new(StringComparer.Ordinal);

    /// <summary>Sets a value; one that is not set (null) removes the name.</summary>
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
