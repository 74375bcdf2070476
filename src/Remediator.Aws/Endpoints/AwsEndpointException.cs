namespace Remediator.Aws.Endpoints;

/// <summary>No endpoint can be had for a service with the parameters given; nothing was sent.</summary>
/// <param name="service">The service, by its boto3 name.</param>
/// <param name="reason">What the service's endpoint rules say, word for word, or what is wrong with a parameter.</param>
public sealed class AwsEndpointException(string service, string reason) : Exception($"No endpoint for {service}: {reason}")
{
    public string Service { get; } = service;

    public string Reason { get; } = reason;
}
