namespace Remediator.Aws.Protocols;

/// <summary>A request as its protocol writes it, before it gets an endpoint and a signature.</summary>
internal sealed class WireRequest(string method, string path)
{
    public string Method { get; } = method;

    /// <summary>The path, with <c>{Label}</c> and <c>{Label+}</c> as placeholders for <see cref="Labels"/>.</summary>
    public string Path { get; set; } = path;

    public Dictionary<string, string> Labels { get; } = new(StringComparer.Ordinal);

    /// <summary>Names and values, not yet escaped; a name with a null value has no <c>=</c>.</summary>
    public List<KeyValuePair<string, string?>> Query { get; } = [];

    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public ReadOnlyMemory<byte> Body { get; set; }

    public string? HostPrefix { get; set; }
}
