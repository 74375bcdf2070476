using System.Text.Json;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Emulator.Cases;
using Remediator.EndToEnd.Tests.Playbooks;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Permissions;

/// <summary>A case's drifted resource in a separate account, which the service enters through a role with a policy.</summary>
internal sealed class Scene
{
    private const string Region = "us-east-1";
    private const string Role = "Remediator";

    private readonly Emulated _emulated;
    private readonly PlaybookCase _case;
    private readonly Scope _scope;
    private readonly ResourceKey _resource;
    private readonly CaseRecording? _recording;
    private readonly IAwsAccounts _accounts;
    private readonly CalledAccounts _called;
    private Stage _stage;
    private int _asked;

    private Scene(Emulated emulated, PlaybookCase @case, Scope scope, ResourceKey resource, CaseRecording? recording, IAwsAccounts service)
    {
        (_emulated, _case, _accounts, _scope, _resource) = (emulated, @case, emulated.Accounts, scope, resource);
        _recording = recording;
        _called = new(service);
        _stage = NewStage();
    }

    /// <summary>What people were told, beside that they were asked.</summary>
    public IEnumerable<Message> Notices => _stage.Notices.Skip(_asked);

    /// <summary>Calls that would change something, including denied ones.</summary>
    public int Changes => _stage.Accounts.Changes.Count;

    /// <summary>The operations called since the last time.</summary>
    public HashSet<string> Called() => _called.Take();

    /// <summary>The ARNs that the case has.</summary>
    public IReadOnlyCollection<string> Arns =>
        ResourceArns.Of(_resource, "aws") is { } own ? [.. _called.Arns.Append(own)] : [.. _called.Arns];

    /// <param name="service">The accounts as the service enters them; null as their owner does.</param>
    public static async Task<Scene> SetAsync(PlaybookCase @case, Emulated emulated, IAwsAccounts? service = null)
    {
        var account = emulated.NewAccount();
        await emulated.StandInAsync(@case, account);
        var aws = emulated.Accounts.For(account, Region);
        var scope = await CaseRun.SeedAsync(@case, aws, account, CancellationToken.None);
        await MadeAsync(
            aws, "iam:CreateRole", Json.Parse($$"""{"RoleName":"{{Role}}","AssumeRolePolicyDocument":"{}"}"""));
        var resource = new ResourceKey(account, Region, @case.ResourceType, @case.ResourceId.Render(scope).GetString()!);
        var recording = await CaseRecording.MakeAsync(@case, emulated.Moto.Layer, resource, scope, CancellationToken.None);
        return new(emulated, @case, scope, resource, recording, service ?? emulated.Accounts);
    }

    /// <summary>A request that is sent again after its answer was lost finds what it made.</summary>
    private static async Task MadeAsync(IAws aws, string operation, JsonElement input)
    {
        try
        {
            await aws.CallAsync(operation, input, CancellationToken.None);
        }
        catch (AwsException e) when (e.Code is "EntityAlreadyExists")
        {
        }
    }

    /// <summary>Gives the role exactly this policy, and starts the service without any cached state.</summary>
    public async Task GrantAsync(EmulatorPolicy policy, string? without)
    {
        _stage = NewStage();
        var input = Json.Object(
        [
            new("RoleName", Json.Text(Role)),
            new("PolicyName", Json.Text("playbook")),
            new("PolicyDocument", Json.Text(policy.Document(without))),
        ]);
        await _emulated.Accounts.For(_resource.Account, Region).CallAsync("iam:PutRolePolicy", input, CancellationToken.None);
    }

    public Task<Outcome> EventAsync() => EnforcedAsync(HandledAsync);

    public Task<Outcome> UndoAsync(Incident incident) => EnforcedAsync(() => _stage.UndoAsync(incident));

    /// <summary>The same without the policies of the role, which hold everything up to where they are turned on.</summary>
    public Task<Outcome> UnenforcedEventAsync() => ToldAsync(HandledAsync);

    public Task<Outcome> UnenforcedUndoAsync(Incident incident) => ToldAsync(() => _stage.UndoAsync(incident));

    /// <summary>The incident whose change was made and read back; null where none was.</summary>
    public static Incident? Made(Outcome outcome) => outcome is Outcome.Fixed or Outcome.Contained ? outcome.About : null;

    /// <summary>How the last came out.</summary>
    public string Story { get; private set; } = "";

    /// <summary>The sessions that were entered for changes since the last time.</summary>
    public IReadOnlyList<RoleSession> TakeSessions()
    {
        var taken = _stage.Accounts.Sessions.ToArray();
        _stage.Accounts.Sessions.Clear();
        return taken;
    }

    private async Task<Outcome> ToldAsync(Func<Task<Outcome>> act)
    {
        var outcome = await act();
        Story = outcome switch
        {
            Outcome.Escalated(var i) => $"escalated: {i.Reason} {i.Detail}",
            Outcome.Pending(var i) => $"pending: {i.Entries.LastOrDefault()?.What}",
            _ => $"{outcome}",
        };
        return outcome;
    }

    /// <summary>Whoever is asked before a rollback or a containment agrees.</summary>
    private async Task<Outcome> HandledAsync()
    {
        var outcome = await _stage.EventAsync(_resource);
        if ((_recording is null && _case.Ends is not CaseEnd.Contained) || outcome is not Outcome.AwaitingApproval(var asking))
        {
            return outcome;
        }

        _asked = 1;
        var approved = await _stage.ApproveAsync(asking, "tester");
        _asked = approved is Outcome.Contained ? 2 : 1;
        return approved;
    }

    /// <summary>What the case's own checks read.</summary>
    public async Task<string> StateAsync()
    {
        var states = new List<JsonElement>();
        foreach (var check in _case.Checks)
        {
            states.Add(
                (await Reader.ReadAsync(check.Read, _scope, _accounts.For(_resource.Account, Region), CancellationToken.None)).State);
        }

        return Json.List(states).GetRawText();
    }

    private async Task<Outcome> EnforcedAsync(Func<Task<Outcome>> act)
    {
        _called.HasSessions = false;
        await _emulated.Moto.EnforceIamAsync(0, CancellationToken.None);
        try
        {
            return await act();
        }
        finally
        {
            await _emulated.Moto.ReleaseIamAsync(CancellationToken.None);
        }
    }

    private Stage NewStage()
    {
        _asked = 0;
        return new(
            _called,
            CaseRun.RuleOf(_case, _case.Rules[0], _scope, _resource.Account),
            _case.PolicyParameters.Render(_scope),
            new LaterClock(),
            recording: _recording,
            named: CaseRun.NamedFor(_case, new(PlaybookCases.PlaybookFolder)));
    }
}
