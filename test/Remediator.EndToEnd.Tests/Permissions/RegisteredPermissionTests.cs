using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws;
using Remediator.Aws.Permissions;
using Remediator.Decide;
using Remediator.Emulator.Cases;
using Remediator.EndToEnd.Tests.Playbooks;
using Remediator.Incidents;
using Remediator.Playbooks.Registered;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Permissions;

/// <summary>
/// A rollback through Cloud Control with the emulator's IAM on. The right to pass the policy's role has a condition, which the emulator
/// does not know; PolicyReachTests has it.
/// </summary>
[Trait("Category", "Emulator")]
public sealed class RegisteredPermissionTests : IAsyncLifetime
{
    private const string Region = "us-east-1";
    private const string Type = "AWS::ECR::Repository";
    private const string Good = """{"RepositoryName":"orders","ImageTagMutability":"IMMUTABLE"}""";
    private const string Bad = """{"RepositoryName":"orders","ImageTagMutability":"MUTABLE"}""";

    private static readonly RollbackPolicy Rollback = Policy.Default.Rollback with { Types = [Type], Role = "RemediatorRollback" };

    private readonly Emulated _emulated = new();

    public Task InitializeAsync() => _emulated.InitializeAsync();

    public Task DisposeAsync() => _emulated.DisposeAsync();

    [Fact]
    public async Task It_holds_with_what_is_derived_and_fails_closed_without_any_of_it()
    {
        var policy = EmulatorPolicy.OfRegistered(RegisteredTypes.Find(Type)!, Rollback);

        var whole = await RunAsync(policy, without: null);

        Assert.True(whole.Outcome is Outcome.Fixed, $"{whole.Outcome.Name}: {whole.Outcome.Reason}");
        AssertModel(Good, whole.Model);
        var needed = whole.Called.SelectMany(o => Actions.Of(o)!.Value).Select(a => a.Action).Distinct();
        Assert.Equal(policy.Provable.Order(StringComparer.Ordinal), needed.Order(StringComparer.Ordinal));
        foreach (var action in policy.Provable)
        {
            var refused = await RunAsync(policy, action);

            var incident = Assert.IsType<Outcome.Escalated>(refused.Outcome).Incident;
            Assert.Equal(Reason.NotPermitted, incident.Reason);
            Assert.Contains(action, incident.Detail, StringComparison.Ordinal);
            Assert.Contains(action, Assert.Single(refused.Notices).ByProtocol["default"], StringComparison.Ordinal);
            AssertModel(Bad, refused.Model);
        }
    }

    private static void AssertModel(string expected, string actual) =>
        Assert.True(StateComparer.Exact.Same(Json.Parse(expected), Json.Parse(actual)), actual);

    private async Task<Run> RunAsync(EmulatorPolicy policy, string? without)
    {
        var (account, ct) = (_emulated.NewAccount(), CancellationToken.None);
        var (owner, now) = (_emulated.Accounts.For(account, Region), new LaterClock().GetUtcNow());
        var recording = new CaseRecording(now.AddHours(-3), now.AddHours(-2)) { Policy = Rollback };
        await _emulated.Moto.Layer.TellAsync(
            "registered",
            account,
            Region,
            new JsonObject { ["type"] = Type, ["identifier"] = "orders", ["model"] = JsonNode.Parse(Bad) },
            ct);
        await _emulated.Moto.Layer.PutItemAsync(account, Region, Item(Good, recording.Good), ct);
        await _emulated.Moto.Layer.PutItemAsync(account, Region, Item(Bad, recording.Bad), ct);
        await CallAsync(owner, "iam:CreateRole", new("RoleName", "Remediator"), new("AssumeRolePolicyDocument", "{}"));
        await CallAsync(
            owner,
            "iam:PutRolePolicy",
            new("RoleName", "Remediator"),
            new("PolicyName", "playbook"),
            new("PolicyDocument", policy.Document(without)));
        var called = new CalledAccounts(_emulated.Accounts) { HasSessions = false };
        var rule = new ConfigRule(
            "our-rule", $"arn:aws:config:{Region}:{account}:config-rule/config-rule-one", "CUSTOM_LAMBDA", "check", Json.EmptyObject);
        var stage = new Stage(called, rule, Json.EmptyObject, new LaterClock(), recording: recording);
        await _emulated.Moto.EnforceIamAsync(0, ct);
        var outcome = await stage.EventAsync(new(account, Region, Type, "orders"));
        await _emulated.Moto.ReleaseIamAsync(ct);
        var read = await CallAsync(owner, "cloudcontrol:GetResource", new("TypeName", Type), new("Identifier", "orders"));
        return new(outcome, stage.Notices, called.Take(), read.Member("ResourceDescription").TextOf("Properties")!);
    }

    private static Task<JsonElement> CallAsync(
        IAws aws, string operation, params KeyValuePair<string, string>[] input) =>
        aws.CallAsync(operation, Json.Object(input.Select(i => KeyValuePair.Create(i.Key, Json.Text(i.Value)))), CancellationToken.None);

    private static JsonObject Item(string model, DateTimeOffset at) => new()
    {
        ["resourceType"] = Type,
        ["resourceId"] = "orders",
        ["configuration"] = JsonNode.Parse(model),
        ["configurationItemStatus"] = "OK",
        ["configurationItemCaptureTime"] = at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
    };

    private sealed record Run(Outcome Outcome, IReadOnlyList<Message> Notices, IReadOnlySet<string> Called, string Model);
}
