namespace Remediator.Aws.Endpoints;

/// <summary>The given parameters lead to no endpoint of the service; nothing was sent.</summary>
/// <param name="service">The service, by its boto3 name.</param>
/// <param name="reason">The message of the service's endpoint rules, word for word, or what is wrong with a parameter.</param>
public sealed class AwsEndpointException(string service, string reason) : Exception($"No endpoint for {service}: {reason}")
{
    public string Service { get; } = service;

    public string Reason { get; } = reason;
}
