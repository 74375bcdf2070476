using System.Collections.Immutable;
using Remediator.Aws.Models;

namespace Remediator.Aws;

/// <summary>The settings of an <see cref="AwsClient"/>. Immutable; the defaults suit AWS itself.</summary>
public sealed record AwsClientOptions
{
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public AwsEndpointSettings Endpoints { get; init; } = AwsEndpointSettings.Default;

    /// <summary>The most attempts of a call, including the first; default 3, as in the SDK's standard mode.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>The time limit of one attempt, including the body of the response; default 60 seconds.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Makes the idempotency tokens by which a service recognises a repeated call; default random UUIDs.</summary>
    public Func<string> NewToken { get; init; } = () => Guid.NewGuid().ToString();

    /// <summary>The HTTP handler; null for the client's own. It must not follow redirects. The client does not dispose it.</summary>
    public HttpMessageHandler? HttpHandler { get; init; }

    /// <summary>
    /// Endpoint parameters of the whole client, by the names of the models: ForcePathStyle, Accelerate, UseArnRegion for S3.
    /// </summary>
    public ImmutableDictionary<string, object> ClientContextParams { get; init; } = ImmutableDictionary<string, object>.Empty;

    /// <summary>
    /// Adds the host prefixes of operations to custom endpoints too. Off by default: an emulator's host has no such names.
    /// </summary>
    public bool PrefixesCustomHosts { get; init; }

    /// <summary>Resolves endpoints; null for AWS's own rules.</summary>
    public IEndpointResolver? EndpointResolver { get; init; }

    /// <summary>The source of the models; tests bring their own.</summary>
    internal Func<string, ServiceModel?> Models { get; init; } = ModelCatalog.Service;
}
