using System.Text.Json;

namespace Remediator.Aws.Endpoints;

/// <summary>A parameter of a service's rules.</summary>
internal sealed record ParameterDefinition(string Name, string Type, bool Required, object? Default)
{
    internal static ParameterDefinition Read(JsonProperty property) => new(
        property.Name,
        property.Value.Text("type"),
        property.Value.TryGetProperty("required", out _),
        property.Value.TryGetProperty("default", out var value) ? value.Constant() : null);

    /// <summary>The given value, otherwise the default.</summary>
    /// <exception cref="AwsEndpointException">The value has another type, or a required one is missing.</exception>
    internal object? Bind(EndpointParameters given, Scope scope)
    {
        var value = given.Find(Name) ?? Default;
        return value switch
        {
            null when Required => throw scope.Failure($"The required parameter {Name} is missing."),
            null => null,
            string when Type == "string" => value,
            bool when Type == "boolean" => value,
            string[] when Type == "stringArray" => value,
            _ => throw scope.Failure($"The parameter {Name} is not of type {Type}."),
        };
    }
}
