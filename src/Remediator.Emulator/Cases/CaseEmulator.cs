using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Remediator.Aws;
using Remediator.Aws.Models;

namespace Remediator.Emulator.Cases;

/// <summary>The emulator that cases share; each run has a separate account.</summary>
internal sealed class CaseEmulator : IAsyncDisposable
{
    private const string OwnAccount = "123456789012";

    private readonly AwsClientOptions _options;
    private readonly SocketsHttpHandler _http;
    private readonly AwsAccounts _accounts;
    private long _runs;

    private CaseEmulator(MotoEmulator moto, StandInServer standIns, SocketsHttpHandler http, AwsClientOptions options)
    {
        (Moto, StandIns, _http, _options) = (moto, standIns, http, options);
        _accounts = InSession(new("Remediator"));
    }

    public MotoEmulator Moto { get; }

    /// <summary>Answers operations that the emulator lacks.</summary>
    public StandInServer StandIns { get; }

    /// <summary>Any account, through a role: the emulator takes the account from the role's ARN.</summary>
    public IAwsAccounts Accounts => _accounts;

    /// <param name="elsewhere">Other addresses of single services, given the emulator's own.</param>
    /// <exception cref="EmulatorException">It is not available or does not start.</exception>
    public static async Task<CaseEmulator> StartAsync(Func<Uri, ImmutableDictionary<string, Uri>> elsewhere, CancellationToken ct)
    {
        var moto = await MotoEmulator.StartAsync(ct);
        await moto.RunNoLambdaAsync(ct);
        // S3 Control puts the account in front of the host name, and that host cannot be resolved.
        var http = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectCallback = ConnectAsync };
        var options = new AwsClientOptions
        {
            Endpoints = AwsEndpointSettings.At(moto.Url) with { ByService = elsewhere(moto.Url) },
            Models = Model,
            HttpHandler = http,
        };
        return new(moto, StandInServer.Start(moto.Layer), http, options);
    }

    /// <summary>The same accounts, where the service asks for itself in this session.</summary>
    public AwsAccounts InSession(RoleSession session)
    {
        var own = new BasicAWSCredentials("AKIAIOSFODNN7EXAMPLE", "secret");
        return new(
            own,
            new AccountAccess(OwnAccount, "Remediator", session),
            new StsCredentialsSource(own, "us-east-1", _options),
            _options);
    }

    /// <summary>An unused account.</summary>
    public string NewAccount() => $"2{Interlocked.Increment(ref _runs):D11}";

    /// <summary>Uses the case's stand-in in the account, if it has one.</summary>
    public Task StandInAsync(PlaybookCase @case, string account) =>
        @case.StandIn is { } standIn ? StandIns.AddAsync(account, standIn) : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _accounts.Dispose();
        await StandIns.DisposeAsync();
        await Moto.DisposeAsync();
        _http.Dispose();
    }

    /// <summary>Read from the working copy, like the cases: a new operation in the models needs no build.</summary>
    public static ServiceModel? Model(string service)
    {
        var file = Repository.At("src", "Remediator.Aws", "Models", "Data", $"{service}.json");
        return File.Exists(file) ? ServiceModel.Read(service, File.ReadAllBytes(file)) : null;
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, ct);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
