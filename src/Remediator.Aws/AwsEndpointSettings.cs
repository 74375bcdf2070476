using System.Collections.Immutable;
using Remediator.Aws.Models;

namespace Remediator.Aws;

/// <summary>The environment's settings for endpoints, read once.</summary>
/// <param name="Everywhere">AWS_ENDPOINT_URL: the address of every service.</param>
/// <param name="ByService">AWS_ENDPOINT_URL_…: the addresses of single services, by boto3 name; these take precedence.</param>
public sealed record AwsEndpointSettings(
    Uri? Everywhere,
    ImmutableDictionary<string, Uri> ByService,
    bool UseFips = false,
    bool UseDualStack = false)
{
    /// <summary>AWS's own endpoints.</summary>
    public static AwsEndpointSettings Default { get; } = new(null, ImmutableDictionary<string, Uri>.Empty);

    /// <summary>Every service at one address, such as an emulator's.</summary>
    public static AwsEndpointSettings At(Uri everywhere) => Default with { Everywhere = everywhere };

    /// <summary>
    /// Reads AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_&lt;SERVICE ID&gt;, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS,
    /// AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT.
    /// </summary>
    /// <exception cref="FormatException">A variable does not hold an absolute http or https address.</exception>
    public static AwsEndpointSettings FromEnvironment(Func<string, string?> variable)
    {
        var settings = Default with
        {
            UseFips = IsTrue(variable("AWS_USE_FIPS_ENDPOINT")),
            UseDualStack = IsTrue(variable("AWS_USE_DUALSTACK_ENDPOINT")),
        };
        return IsTrue(variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"))
            ? settings
            : settings with { Everywhere = ReadUrl(variable, "AWS_ENDPOINT_URL"), ByService = ReadServices(variable) };
    }

    /// <summary>The address of a service, if the settings give one.</summary>
    public Uri? Of(string service) => ByService.GetValueOrDefault(service) ?? Everywhere;

    private static ImmutableDictionary<string, Uri> ReadServices(Func<string, string?> variable)
    {
        var services = ImmutableDictionary.CreateBuilder<string, Uri>(StringComparer.Ordinal);
        foreach (var (service, id) in ModelCatalog.ServiceIds)
        {
            if (ReadUrl(variable, "AWS_ENDPOINT_URL_" + VariableName(id)) is { } url)
            {
                services[service] = url;
            }
        }

        return services.ToImmutable();
    }

    private static string VariableName(string serviceId) =>
        serviceId.ToUpperInvariant().Replace(' ', '_').Replace('-', '_');

    private static Uri? ReadUrl(Func<string, string?> variable, string name)
    {
        var text = variable(name);
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https")
            ? url
            : throw new FormatException($"{name} is '{text}', which is no http or https address.");
    }

    private static bool IsTrue(string? text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
}
