using System.Text.Json;

namespace Remediator.Aws.Models;

/// <summary>An operation of a service: its input, its output and its HTTP binding.</summary>
public sealed class OperationModel
{
    private readonly Dictionary<string, Shape> errors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> errorCodes = new(StringComparer.Ordinal);

    internal OperationModel(ServiceModel service, string name, JsonElement text, Paginator? paginator)
    {
        Service = service;
        Name = name;
        Paginator = paginator;
        Http = HttpBinding.Read(text);
        InputRoot = ReadRoot(service, text, "input");
        OutputRoot = ReadRoot(service, text, "output");
        ResultWrapper = text.TryGetProperty("output", out var output) ? output.Text("resultWrapper") : null;
        Payload = text.TryGetProperty("input", out var input) ? input.Text("payload") : null;
        Checksum = ChecksumTrait.Read(text);
        HostPrefix = text.TryGetProperty("endpoint", out var endpoint) ? endpoint.Text("hostPrefix") : null;
        IsSigned = text.Text("authtype") != "none" && !text.Texts("auth").Contains("smithy.api#noAuth");
        CompressesRequest = text.Has("requestcompression");
        StaticContextParams = ReadStaticParams(text);
        OperationContextParams = ReadContextPaths(text);
        ReadErrors(text);
    }

    public ServiceModel Service { get; }

    public string Name { get; }

    /// <summary>The name in calls: "s3:PutPublicAccessBlock".</summary>
    public string FullName => field ??= $"{Service.Name}:{Name}";

    /// <summary>The structure of the input; null if the operation has none.</summary>
    public Shape? Input => InputRoot?.Shape;

    /// <summary>The structure of the output; null if the operation has none.</summary>
    public Shape? Output => OutputRoot?.Shape;

    /// <summary>The pagination of the output; null for an operation that returns everything at once.</summary>
    public Paginator? Paginator { get; }

    /// <summary>The errors in the model, by shape name (the code on the wire). Some models (S3, EC2) have none.</summary>
    public IReadOnlyDictionary<string, string> ErrorCodes => errorCodes;

    /// <summary>The HTTP method.</summary>
    public string Method => Http.Method;

    /// <summary>The path, with <c>{Label}</c> as placeholder for members.</summary>
    public string Path => Http.Path;

    internal HttpBinding Http { get; }

    internal Member? InputRoot { get; }

    internal Member? OutputRoot { get; }

    internal string? ResultWrapper { get; }

    internal string? Payload { get; }

    internal ChecksumTrait Checksum { get; }

    internal string? HostPrefix { get; }

    internal bool IsSigned { get; }

    internal bool CompressesRequest { get; }

    internal IReadOnlyDictionary<string, object> StaticContextParams { get; }

    /// <summary>Endpoint parameters by the path in the input that gives them.</summary>
    internal IReadOnlyDictionary<string, string> OperationContextParams { get; }

    /// <summary>The shape of an error, by its name or by its code on the wire.</summary>
    internal Shape? Error(string code) => errors.GetValueOrDefault(code) ?? Service.ErrorShape(code);

    /// <summary>The name of the member that goes where the path has <c>{label}</c>; null where there is none.</summary>
    public string? MemberInPath(string label) =>
        Input?.Members.Values.FirstOrDefault(m => m.Location == Location.Uri && m.WireName == label)?.Name;

    private static Member? ReadRoot(ServiceModel service, JsonElement text, string side) =>
        text.TryGetProperty(side, out var reference) && reference.Text("shape") is { } target
            ? new Member(service, side, target, Traits.Read(reference))
            : null;

    private void ReadErrors(JsonElement text)
    {
        if (!text.TryGetProperty("errors", out var list))
        {
            return;
        }

        foreach (var name in list.EnumerateArray().Select(error => error.Text("shape")).OfType<string>())
        {
            var shape = Service.Shape(name);
            errorCodes.TryAdd(name, shape.ErrorCode ?? name);
            errors.TryAdd(name, shape);
            errors.TryAdd(shape.ErrorCode ?? name, shape);
        }
    }

    private static Dictionary<string, object> ReadStaticParams(JsonElement text)
    {
        var parameters = new Dictionary<string, object>(StringComparer.Ordinal);
        if (text.TryGetProperty("staticContextParams", out var list))
        {
            foreach (var entry in list.EnumerateObject())
            {
                parameters[entry.Name] = ContextValue(entry.Value.GetProperty("value"));
            }
        }

        return parameters;
    }

    private static object ContextValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => value.EnumerateArray().Select(item => item.GetString() ?? "").ToArray(),
        _ => value.GetString() ?? "",
    };

    private static Dictionary<string, string> ReadContextPaths(JsonElement text)
    {
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        if (text.TryGetProperty("operationContextParams", out var list))
        {
            foreach (var entry in list.EnumerateObject())
            {
                paths[entry.Name] = entry.Value.Text("path") ?? "";
            }
        }

        return paths;
    }
}
