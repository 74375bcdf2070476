using System.Runtime.CompilerServices;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Aws.Models;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Testing.Fakes;

/// <summary>
/// An AWS in memory with realistic behaviour: what is written can be read back, and what does not exist gives AWS's errors.
/// An unregistered call throws. Every call is listed, and any can be made to fail.
/// </summary>
internal sealed class FakeAws : IAws, IAwsAccounts
{
    public const string Account = "123456789012";
    public const string Region = "us-east-1";

    private readonly Lock _gate = new();
    private readonly List<FakeCall> _calls = [];
    private readonly Dictionary<string, Func<JsonElement, JsonElement>> _operations = new(StringComparer.Ordinal);

    public FakeAws()
    {
        S3 = new(this);
        Ec2 = new(this);
        CloudControl = new(this);
        Config = new(this);
        Sns = new(this);
        Alarms = new(this);
        On("cloudtrail:LookupEvents", """{"Events":[]}""");
        Behind = new Untroubled(this);
    }

    public FakeS3 S3 { get; }

    public FakeEc2 Ec2 { get; }

    public FakeCloudControl CloudControl { get; }

    public FakeConfig Config { get; }

    public FakeSns Sns { get; }

    public FakeAlarms Alarms { get; }

    public FaultTable Faults { get; } = new();

    public CrashPoint Crash { get; } = new();

    /// <summary>The same AWS as its owner sees it: no faults, and no listed calls.</summary>
    public IAws Behind { get; }

    /// <summary>Whose credentials calls are made with: with a role's, every session is listed.</summary>
    public AccountCredentials Credentials { get; set; } = AccountCredentials.Own;

    /// <summary>The sessions that changes were made in, in order; each time one is entered.</summary>
    public List<RoleSession> Entered { get; } = [];

    /// <summary>In which session each operation was called; null for none.</summary>
    public List<(string Operation, RoleSession? Session)> InSessions { get; } = [];

    /// <summary>What a session is refused with; null for nothing.</summary>
    public Func<RoleSession, AwsException?> Refuses { get; set; } = _ => null;

    /// <summary>Runs before each call, with its operation: to let time pass, or to hold a call back.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    public IReadOnlyList<FakeCall> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>The operations in order.</summary>
    public IReadOnlyList<string> Calls => [.. All.Select(c => c.Operation)];

    /// <summary>Removes the calls so far from the list.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _calls.Clear();
        }
    }

    public FakeAws On(string operation, string answer) => On(operation, _ => Json.Parse(answer));

    public FakeAws On(string operation, Func<JsonElement, JsonElement> answer)
    {
        _operations[operation] = answer;
        return this;
    }

    public IAws For(string account, string region) => new View(this, account, region, null);

    public AccountCredentials CredentialsIn(string account) => Credentials;

    public IAws For(string account, string region, RoleSession session) => new View(this, account, region, session);

    public Task<IAws> EnterAsync(string account, string region, RoleSession session, CancellationToken ct)
    {
        Entered.Add(session);
        return Refuses(session) is { } refusal ? throw refusal : Task.FromResult(For(account, region, session));
    }

    public Task<JsonElement> CallAsync(string operation, JsonElement input, CancellationToken ct) =>
        For(Account, Region).CallAsync(operation, input, ct);

    public IAsyncEnumerable<JsonElement> PagesAsync(string operation, JsonElement input, CancellationToken ct) =>
        For(Account, Region).PagesAsync(operation, input, ct);

    /// <summary>An AWS error, with the kind from the table of error codes if no other is given.</summary>
    public static AwsException Error(string operation, string code, int status, AwsFault? fault = null) => fault is { } given
        ? new(operation, code, status, "fake-request", $"the fake says {code}") { Fault = given }
        : new(operation, code, status, "fake-request", $"the fake says {code}");

    private async Task<JsonElement> TroubledAsync(FakeCall call, CancellationToken ct)
    {
        await Task.Yield();
        ct.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _calls.Add(call);
        }

        await Before(call.Operation);
        return await Crash.PassAsync(call.Operation, () => Task.FromResult(Faulty(call)));
    }

    private JsonElement Faulty(FakeCall call) => Faults.Take(call.Operation) switch
    {
        null or FaultKind.Delay => Do(call),
        FaultKind.Deny => throw Error(call.Operation, "AccessDenied", 403),
        FaultKind.Throttle => throw Error(call.Operation, "SlowDown", 503, AwsFault.Throttling),
        FaultKind.Transient or FaultKind.Drop => throw Error(call.Operation, "InternalError", 500, AwsFault.Transient),
        FaultKind.DoNothing => Json.EmptyObject,
        FaultKind.DoneButFails or FaultKind.Truncate => DoAndFail(call),
        var other => throw new InvalidOperationException($"No such fault: {other}."),
    };

    private JsonElement DoAndFail(FakeCall call)
    {
        Do(call);
        throw Error(call.Operation, "InternalError", 500, AwsFault.Transient);
    }

    private JsonElement Do(FakeCall call)
    {
        lock (_gate)
        {
            return _operations.TryGetValue(call.Operation, out var operation)
                ? operation(call.Input)
                : throw new InvalidOperationException($"Nobody taught the fake AWS {call.Operation}.");
        }
    }

    private sealed class View(FakeAws aws, string account, string region, RoleSession? session) : IAws
    {
        public Task<JsonElement> CallAsync(string operation, JsonElement input, CancellationToken ct)
        {
            lock (aws._gate)
            {
                aws.InSessions.Add((operation, session));
            }

            return aws.TroubledAsync(new(account, region, operation, input), ct);
        }

        public async IAsyncEnumerable<JsonElement> PagesAsync(
            string operation, JsonElement input, [EnumeratorCancellation] CancellationToken ct)
        {
            await foreach (var page in FollowAsync(next => CallAsync(operation, next, ct), operation, input))
            {
                yield return page;
            }
        }
    }

    /// <summary>Follows pages as the client does, by the operation's model.</summary>
    private static async IAsyncEnumerable<JsonElement> FollowAsync(
        Func<JsonElement, Task<JsonElement>> call, string operation, JsonElement input)
    {
        var pages = ModelCatalog.Find(operation) is { } model ? new Paging(model, input.IsNull() ? Json.EmptyObject : input) : null;
        for (var next = input; ; next = pages!.Next!.Value)
        {
            var page = await call(next);
            yield return page;
            pages?.Advance(page);
            if (pages?.Next is null)
            {
                yield break;
            }
        }
    }

    private sealed class Untroubled(FakeAws aws) : IAws
    {
        public Task<JsonElement> CallAsync(string operation, JsonElement input, CancellationToken ct) =>
            Task.FromResult(aws.Do(new(Account, Region, operation, input)));

        public async IAsyncEnumerable<JsonElement> PagesAsync(
            string operation, JsonElement input, [EnumeratorCancellation] CancellationToken ct)
        {
            await foreach (var page in FollowAsync(next => CallAsync(operation, next, ct), operation, input))
            {
                yield return page;
            }
        }
    }
}
