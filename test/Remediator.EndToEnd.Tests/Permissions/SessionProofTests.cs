using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using Remediator.Authoring.Permissions;
using Remediator.Aws;
using Remediator.Aws.Models;
using Remediator.Aws.Permissions;
using Remediator.Change.Sessions;
using Remediator.Decide;
using Remediator.Emulator.Cases;
using Remediator.EndToEnd.Tests.Faults;
using Remediator.EndToEnd.Tests.Playbooks;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Values;
using Xunit.Abstractions;

namespace Remediator.EndToEnd.Tests.Permissions;

/// <summary>
/// Every case of every playbook, fixed or rolled back and undone in the sessions that its plans give, with each call held on the wire
/// against the policy of its session: those of a plan, of a playbook's reads, and of what the service itself asks. A resource is held by
/// its name, as the layer does it.
/// </summary>
[Trait("Category", "Emulator")]
public sealed class SessionProofTests(ITestOutputHelper output)
{
    private const string Region = "us-east-1";

    /// <summary>Each fourth fix and every rollback; with REMEDIATOR_LOAD=full every case.</summary>
    private const int Share = 4;

    private readonly ConcurrentQueue<string> _problems = [];
    private readonly ConcurrentQueue<(Reach Reach, bool IsOnResources, bool IsUndo)> _plans = [];

    [Fact]
    public async Task Every_plan_is_carried_out_and_undone_by_a_session_of_its_calls_alone()
    {
        var all = PlaybookCases.Names.Select(PlaybookCases.Load).Where(c => c.Changes).ToList();
        var cases = new ConcurrentQueue<PlaybookCase>(
            FullRun.OrEach(Share, all.Where(c => c.IsFix)).Concat(all.Where(c => !c.IsFix)));
        var count = cases.Count;
        var emulated = new Emulated();
        await emulated.InitializeAsync();
        try
        {
            await emulated.Moto.Layer.HoldSessionsAsync(Actions(), CancellationToken.None);
            await Task.WhenAll(LaneAsync(cases, emulated), LaneAsync(cases, emulated));
        }
        finally
        {
            await emulated.DisposeAsync();
        }

        var plans = _plans.Where(p => !p.IsUndo).ToArray();
        var summary = $"sessions: {count} cases, {plans.Length} plans: {plans.Count(p => p.Reach is Reach.Plan)} exact "
            + $"({plans.Count(p => p.IsOnResources)} of them with every action on named resources), "
            + $"{plans.Count(p => p.Reach is Reach.Actions)} by action, "
            + $"{plans.Count(p => p.Reach is Reach.NotTold or Reach.TooLong)} the role; "
            + $"{_plans.Count(p => p is { IsUndo: true, Reach: Reach.Plan })} of {_plans.Count(p => p.IsUndo)} undos exact";
        output.WriteLine(summary);
        Console.WriteLine(summary);
        Assert.True(_problems.IsEmpty, string.Join('\n', _problems));
        Assert.True(plans.Length >= count);
        Assert.All(_plans.Where(p => p.Reach is not Reach.Plan), p => Assert.Equal(Reach.NotTold, p.Reach));
    }

    [Fact]
    public async Task Role_is_assumed_with_the_plans_policy_the_incidents_id_and_who_agreed_and_nothing_beside_the_plan_goes_through()
    {
        var emulated = new Emulated();
        await emulated.InitializeAsync();
        try
        {
            await using var proxy = FaultyProxy.Start(emulated.Moto.Url);
            await emulated.Moto.Layer.HoldSessionsAsync(Actions(), CancellationToken.None);
            var (own, member) = (new BasicAWSCredentials("AKIAIOSFODNN7EXAMPLE", "secret"), emulated.NewAccount());
            var endpoints = AwsEndpointSettings.At(emulated.Moto.Url) with
            {
                ByService = ImmutableDictionary<string, Uri>.Empty.Add("sts", proxy.Url),
            };
            var options = new AwsClientOptions { Endpoints = endpoints };
            using var accounts = new AwsAccounts(
                own,
                new AccountAccess("123456789012", "Remediator", ReadSession.Own),
                new StsCredentialsSource(own, Region, options),
                options);
            await CallAsync(emulated.Accounts.For(member, Region), "s3:CreateBucket", """{"Bucket":"planned"}""");
            await CallAsync(emulated.Accounts.For(member, Region), "s3:CreateBucket", """{"Bucket":"another"}""");
            await CallAsync(emulated.Accounts.For(member, Region), "s3:PutPublicAccessBlock", Blocked("planned", false));
            var rule = new ConfigRule(
                "rule",
                $"arn:aws:config:{Region}:{member}:config-rule/one",
                "AWS",
                "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED",
                Json.EmptyObject);
            var stage = new Stage(accounts, rule, Json.EmptyObject, new LaterClock(), Mode.Approve);

            var asked = Assert.IsType<Outcome.AwaitingApproval>(await stage.EventAsync(new(member, Region, "AWS::S3::Bucket", "planned")));
            var incident = Assert.IsType<Outcome.Fixed>(await stage.ApproveAsync(asked.Incident, "anna@example.com")).Incident;

            var sent = Assert.Single(
                proxy.All.Where(c => c.Operation is "sts:AssumeRole").Select(Form), form => form["RoleSessionName"] == incident.Id);
            Assert.Equal($"arn:aws:iam::{member}:role/Remediator", sent["RoleArn"]);
            Assert.Equal("claimed=anna@example.com", sent["SourceIdentity"]);
            Assert.Equal(
                """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutBucketPublicAccessBlock","""
                + "\"Resource\":\"arn:aws:s3:::planned\"}]}",
                sent["Policy"]);
            var session = await accounts.EnterAsync(
                member,
                Region,
                new(incident.Id) { Policy = sent["Policy"], SourceIdentity = sent["SourceIdentity"] },
                CancellationToken.None);
            await CallAsync(session, "s3:PutPublicAccessBlock", Blocked("planned", true));
            foreach (var (operation, input) in new[]
            {
                ("s3:PutPublicAccessBlock", Blocked("another", true)),
                ("s3:PutBucketVersioning", """{"Bucket":"planned","VersioningConfiguration":{"Status":"Enabled"}}"""),
                ("s3:GetPublicAccessBlock", """{"Bucket":"planned"}"""),
            })
            {
                var refused = await Assert.ThrowsAsync<AwsException>(() => CallAsync(session, operation, input));
                Assert.Equal(AwsFault.Denied, refused.Fault);
                Assert.Contains("no session policy allows", refused.ServiceMessage, StringComparison.Ordinal);
            }
        }
        finally
        {
            await emulated.DisposeAsync();
        }
    }

    private static Task<JsonElement> CallAsync(IAws aws, string operation, string input) =>
        aws.CallAsync(operation, Json.Parse(input), CancellationToken.None);

    private static string Blocked(string bucket, bool isBlocked)
    {
        var value = isBlocked ? "true" : "false";
        return $$$"""{"Bucket":"{{{bucket}}}","PublicAccessBlockConfiguration":{"BlockPublicAcls":{{{value}}},"IgnorePublicAcls":true}}""";
    }

    private static Dictionary<string, string> Form(WireCall call) => Encoding.UTF8.GetString(call.Body).Split('&').Select(p => p.Split('='))
        .ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1].Replace('+', ' ')), StringComparer.Ordinal);

    private async Task LaneAsync(ConcurrentQueue<PlaybookCase> cases, Emulated emulated)
    {
        using var service = emulated.InSession(ReadSession.Own);
        while (cases.TryDequeue(out var @case))
        {
            var scene = await Scene.SetAsync(@case, emulated, service);
            if (Scene.Made(await scene.UnenforcedEventAsync()) is not { } incident)
            {
                _problems.Enqueue($"{@case.Name}: not fixed: {scene.Story}");
                continue;
            }

            Judge(@case, incident, isUndo: false, scene.TakeSessions());
            if (@case.Undo is CaseUndo.None)
            {
                continue;
            }

            if (await scene.UnenforcedUndoAsync(incident) is not Outcome.Undone(var undone))
            {
                _problems.Enqueue($"{@case.Name}: not undone: {scene.Story}");
                continue;
            }

            if (undone.Change is { UndoCalls: [_, ..] })
            {
                Judge(@case, undone with { State = IncidentState.Undoing }, isUndo: true, scene.TakeSessions());
            }
        }
    }

    private void Judge(PlaybookCase @case, Incident incident, bool isUndo, IReadOnlyList<RoleSession> sessions)
    {
        var playbook = new IncidentPlaybooks(new PlaybookLibrary(PlaybookCases.PlaybookFolder)).Of(incident.Change!);
        var reach = Reached(incident, isUndo);
        var policy = sessions is [.., var last] ? last.Policy : null;
        _plans.Enqueue((reach, policy is not null && Statements(policy).All(s => s.Resources.All(r => !IsOpen(r))), isUndo));
        if (sessions.Any(s => s.Name != incident.Id) || sessions.Count == 0)
        {
            _problems.Enqueue($"{@case.Name}: the sessions are {string.Join(", ", sessions.Select(s => s.Name))}");
        }

        if (policy is null)
        {
            return;
        }

        var calls = isUndo ? [.. incident.Change!.UndoCalls] : sessions.Count > 0 ? Planned(incident) : [];
        var needed = calls.SelectMany(c => Remediator.Aws.Permissions.Actions.Of(c.Operation)!.Value.Select(a => a.Action)).ToHashSet();
        var allowed = Statements(policy).SelectMany(s => s.Actions).ToHashSet();
        var beside = PlaybookPermissions.Of(playbook).Where(p => p is { Changes: true, Condition: not null }).Select(p => p.Action)
            .Append("iam:PassRole").ToHashSet();
        foreach (var more in allowed.Except(needed).Except(beside))
        {
            _problems.Enqueue($"{@case.Name}: {more} is allowed and no call needs it");
        }

        foreach (var missing in needed.Except(allowed))
        {
            _problems.Enqueue($"{@case.Name}: {missing} is not allowed");
        }
    }

    /// <summary>The calls as they were planned: what is read back afterwards takes the place of the plan, and has none left.</summary>
    private static PlannedCall[] Planned(Incident incident) => [.. incident.Plan!.Calls];

    private static Reach Reached(Incident incident, bool isUndo)
    {
        var begins = isUndo ? "undoing by " : "applying ";
        var entry = incident.Entries.Last(
            e => e.What.StartsWith(begins, StringComparison.Ordinal) && e.What.Contains("call", StringComparison.Ordinal));
        return Enum.GetValues<Reach>().Where(r => r is not Reach.Own)
            .First(r => entry.What.EndsWith(new Entered(null!, r).Words, StringComparison.Ordinal));
    }

    private static IEnumerable<(string[] Actions, string[] Resources)> Statements(string policy) =>
        Json.Parse(policy).Member("Statement").EnumerateArray().Select(s => (Texts(s.Member("Action")), Texts(s.Member("Resource"))));

    private static string[] Texts(JsonElement value) =>
        value.ValueKind is JsonValueKind.Array ? [.. value.EnumerateArray().Select(v => v.GetString()!)] : [value.GetString()!];

    /// <summary>Any resource, or any of a kind.</summary>
    private static bool IsOpen(string resource) => resource is "*" || resource.Split(':', 6)[^1].Split('/', ':')[^1] is "*" or "";

    private static Dictionary<string, IReadOnlyCollection<string>> Actions() => Remediator.Aws.Permissions.Actions.Services
        .SelectMany(service => ModelCatalog.Operations(service).Select(name => $"{service}:{name}"))
        .Where(o => Remediator.Aws.Permissions.Actions.Of(o) is { IsEmpty: false })
        .ToDictionary(
            o => o,
            o => (IReadOnlyCollection<string>)[.. Remediator.Aws.Permissions.Actions.Of(o)!.Value.Select(a => a.Action).Distinct()]);
}
