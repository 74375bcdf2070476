namespace Remediator.Aws.Endpoints;

/// <summary>The values of one evaluation: first the parameters, then the values that conditions assigned, each in its slot.</summary>
internal sealed class Scope(string service, int size)
{
    private readonly object?[] values = new object?[size];

    internal object? this[int slot]
    {
        get => values[slot];
        set => values[slot] = value;
    }

    internal AwsEndpointException Failure(string reason) => new(service, reason);
}
