using System.Collections.Immutable;
using Remediator.Aws.Models;

namespace Remediator.Aws;

/// <summary>How an <see cref="AwsClient"/> works. Immutable; the defaults are right for AWS itself.</summary>
public sealed record AwsClientOptions
{
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public AwsEndpointSettings Endpoints { get; init; } = AwsEndpointSettings.Default;

    /// <summary>How often a call is tried at most, the first time included; default 3, as in the SDK's standard mode.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>How long one attempt may take, the body of the response included; default 60 seconds.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Makes the tokens that let a service recognise a repeated call; default random UUIDs.</summary>
    public Func<string> NewToken { get; init; } = () => Guid.NewGuid().ToString();

    /// <summary>
    /// Speaks HTTP; null for a handler of the client's own. It must not follow redirects. The client does not dispose it.
    /// </summary>
    public HttpMessageHandler? HttpHandler { get; init; }

    /// <summary>
    /// Client-wide endpoint parameters by the names of the models: ForcePathStyle, Accelerate, UseArnRegion for S3.
    /// </summary>
    public ImmutableDictionary<string, object> ClientContextParams { get; init; } = ImmutableDictionary<string, object>.Empty;

    /// <summary>Puts the host prefixes of operations before custom endpoints too. Off, for an emulator's host has no such names.</summary>
    public bool PrefixesCustomHosts { get; init; }

    /// <summary>Where calls go; null for AWS's own rules.</summary>
    public IEndpointResolver? EndpointResolver { get; init; }

    /// <summary>Finds the models; tests bring their own.</summary>
    internal Func<string, ServiceModel?> Models { get; init; } = ModelCatalog.Service;
}
