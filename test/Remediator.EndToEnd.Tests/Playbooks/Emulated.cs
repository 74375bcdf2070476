using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Remediator.Aws;
using Remediator.Aws.Models;
using Remediator.Emulator;
using Remediator.EndToEnd.Tests.Faults;
using Remediator.Testing.Fakes;

namespace Remediator.EndToEnd.Tests.Playbooks;

/// <summary>The emulator that all cases share; each run has a separate account.</summary>
public sealed class Emulated : IAsyncLifetime, IDisposable
{
    private const string OwnAccount = "123456789012";

    // S3 Control puts the account in front of the host name, and that host cannot be resolved.
    private readonly SocketsHttpHandler _http = new() { AllowAutoRedirect = false, UseCookies = false, ConnectCallback = ConnectAsync };

    private MotoEmulator? _moto;
    private StandInServer? _standIns;
    private FaultyProxy? _automation;
    private IAwsAccounts? _accounts;
    private long _runs;

    /// <summary>Any account, through a role: the emulator takes the account from the role's ARN.</summary>
    internal IAwsAccounts Accounts => _accounts ?? throw new InvalidOperationException("The emulator has not started.");

    /// <summary>Runs automations, which the emulator does not.</summary>
    internal FakeAutomations Automations => _automation!.Automations;

    /// <summary>Answers operations that the emulator lacks.</summary>
    internal StandInServer StandIns => _standIns ?? throw new InvalidOperationException("The emulator has not started.");

    internal MotoEmulator Moto => _moto ?? throw new InvalidOperationException("The emulator has not started.");

    public async Task InitializeAsync()
    {
        _moto = await MotoEmulator.StartAsync(CancellationToken.None);
        await _moto.RunNoLambdaAsync(CancellationToken.None);
        _standIns = StandInServer.Start(_moto.Layer);
        var own = new BasicAWSCredentials("AKIAIOSFODNN7EXAMPLE", "secret");
        _automation = FaultyProxy.Start(_moto.Url);
        Automations.Add(InstanceResizing.Document, new InstanceResizing(_moto.Url).RunAsync);
        Automations.Add(InstancePower.Stop, new InstancePower(_moto.Url, "ec2:StopInstances").RunAsync);
        Automations.Add(InstancePower.Start, new InstancePower(_moto.Url, "ec2:StartInstances").RunAsync);
        var endpoints = AwsEndpointSettings.At(_moto.Url) with
        {
            ByService = ImmutableDictionary<string, Uri>.Empty.Add("ssm", _automation.Url),
        };
        var options = new AwsClientOptions
        {
            Endpoints = endpoints,
            Models = Model,
            HttpHandler = _http,
        };
        var access = new AccountAccess(OwnAccount, "Remediator", new("Remediator"));
        _accounts = new AwsAccounts(own, access, new StsCredentialsSource(own, "us-east-1", options.Endpoints), options);
    }

    public async Task DisposeAsync()
    {
        (_accounts as IDisposable)?.Dispose();
        if (_automation is { } proxy)
        {
            await proxy.DisposeAsync();
        }

        if (_standIns is { } standIns)
        {
            await standIns.DisposeAsync();
        }

        if (_moto is { } moto)
        {
            await moto.DisposeAsync();
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>An unused account.</summary>
    internal string NewAccount() => $"2{Interlocked.Increment(ref _runs):D11}";

    /// <summary>Uses the case's stand-in in the account, if it has one.</summary>
    internal Task StandInAsync(PlaybookCase @case, string account) =>
        @case.StandIn is { } standIn ? StandIns.AddAsync(account, standIn) : Task.CompletedTask;

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, ct);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Read from the working copy, like the cases: a new operation in the models needs no build.</summary>
    internal static ServiceModel? Model(string service)
    {
        var file = Repository.At("src", "Remediator.Aws", "Models", "Data", $"{service}.json");
        return File.Exists(file) ? ServiceModel.Read(service, File.ReadAllBytes(file)) : null;
    }
}

[CollectionDefinition(Name)]
public sealed class OnTheEmulator : ICollectionFixture<Emulated>
{
    public const string Name = "The emulator";
}
