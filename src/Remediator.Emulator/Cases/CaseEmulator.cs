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

    private readonly SocketsHttpHandler _http;
    private readonly AwsAccounts _accounts;
    private long _runs;

    private CaseEmulator(MotoEmulator moto, StandInServer standIns, SocketsHttpHandler http, AwsAccounts accounts) =>
        (Moto, StandIns, _http, _accounts) = (moto, standIns, http, accounts);

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
        var own = new BasicAWSCredentials("AKIAIOSFODNN7EXAMPLE", "secret");
        // S3 Control puts the account in front of the host name, and that host cannot be resolved.
        var http = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectCallback = ConnectAsync };
        var options = new AwsClientOptions
        {
            Endpoints = AwsEndpointSettings.At(moto.Url) with { ByService = elsewhere(moto.Url) },
            Models = Model,
            HttpHandler = http,
        };
        var access = new AccountAccess(OwnAccount, "Remediator", new("Remediator"));
        return new(
            moto,
            StandInServer.Start(moto.Layer),
            http,
            new AwsAccounts(own, access, new StsCredentialsSource(own, "us-east-1", options.Endpoints), options));
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
