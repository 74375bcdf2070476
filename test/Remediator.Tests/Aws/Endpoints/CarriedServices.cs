using Remediator.Aws.Endpoints;

namespace Remediator.Tests.Aws.Endpoints;

internal static class CarriedServices
{
    internal static string[] Names { get; } =
    [
        .. typeof(EndpointResolver).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("endpoints/rules/", StringComparison.Ordinal))
            .Select(name => Path.GetFileNameWithoutExtension(name)),
    ];
}
