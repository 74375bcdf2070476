namespace Remediator.Aws.Endpoints;

/// <summary>The value of an endpoint parameter: a text, a boolean, a list of texts, or not set.</summary>
public readonly struct EndpointValue : IEquatable<EndpointValue>
{
    private EndpointValue(object? value) => Value = value;

    internal object? Value { get; }

    public static implicit operator EndpointValue(string? text) => new(text);

    public static implicit operator EndpointValue(bool flag) => new(Flag.Of(flag));

    public static implicit operator EndpointValue(bool? flag) => new(flag is { } value ? Flag.Of(value) : null);

    public static implicit operator EndpointValue(string[]? list) => new(list);

    public static bool operator ==(EndpointValue left, EndpointValue right) => left.Equals(right);

    public static bool operator !=(EndpointValue left, EndpointValue right) => !left.Equals(right);

    public static EndpointValue FromString(string? text) => text;

    public static EndpointValue FromBoolean(bool? flag) => flag;

    public static EndpointValue FromArray(string[]? list) => list;

    public bool Equals(EndpointValue other) => Equals(Value, other.Value);

    public override bool Equals(object? obj) => obj is EndpointValue other && Equals(other);

    public override int GetHashCode() => Value?.GetHashCode() ?? 0;
}
