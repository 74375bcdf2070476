using System.Text.Json;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Testing.Scenarios;

/// <summary>Rollbacks through Cloud Control to what AWS Config recorded, of a type that the policy lists.</summary>
internal static class RegisteredScenarios
{
    private const string Type = "AWS::ECR::Repository";
    private const string Unasked = "[none, brief, cost, unknown]";
    private const string World =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"ecr:GetDownloadUrlForLayer"}]}""";
    private const string Good =
        """ "ImageScanningConfiguration":{"ScanOnPush":"true"},"ImageTagMutability":"IMMUTABLE","LifecyclePolicy":[]"""
        + ""","RepositoryPolicyText":"" """;
    private const string Bad =
        $$""" "ImageScanningConfiguration":{"ScanOnPush":false},"ImageTagMutability":"IMMUTABLE","RepositoryPolicyText":{{World}} """;
    private const string Later = """ "Tags":[{"Key":"aws:owner","Value":"aws"},{"Key":"team","Value":"shop"}] """;

    public static async Task Model_of_a_listed_type_goes_back_and_an_undo_restores_it(IScenarioHost host)
    {
        var change = await DriftedAsync(host, "");

        var ended = await host.SendAsync(change);

        AssertOutcome("fixed", ended);
        Assert.Equal(["cloudcontrol:UpdateResource"], host.Changes());
        await host.AssertBackAsync(change);
        Assert.Equal($"builtin/registered/{Type}", Assert.Single((await host.IncidentOf(ended)).Change!.Recorded!.Playbooks).Name);

        AssertOutcome("undone", await host.UndoAsync(ended.Incident));
        await host.AssertNotTouchedAsync(change);
    }

    public static async Task Change_whose_meaning_is_not_known_asks_although_the_policy_says_auto(IScenarioHost host)
    {
        var repository = await host.RepositoryAsync(Bad);
        await host.RecordAsync(repository, -60, Good);
        await host.RecordAsync(repository, -10, Bad);

        var asked = await host.SendAsync(await host.DriftAsync(repository, "[none, brief, cost]"));

        AssertOutcome("awaiting-approval", asked);
        var incident = await host.IncidentOf(asked);
        Assert.Contains("impact unknown", incident.Detail, StringComparison.Ordinal);
        Assert.Contains("PatchDocument", incident.Plan!.Calls.Single().Input.GetRawText(), StringComparison.Ordinal);
        Assert.Empty(host.Changes());
        AssertOutcome("fixed", await host.OperateAsync(new(OperatorVerb.Approve, asked.Incident!, "alice", null, Force: false)));
    }

    public static async Task Removal_that_the_provider_ignores_is_said_before_and_is_no_fix(IScenarioHost host)
    {
        const string Mutable = """ "ImageTagMutability":"MUTABLE" """;
        var repository = await host.RepositoryAsync(Mutable, ""","stays":["ImageTagMutability"]""");
        await host.RecordAsync(repository, -60, """ "LifecyclePolicy":[] """);
        await host.RecordAsync(repository, -10, Mutable);

        var asked = await host.SendAsync(await host.DriftAsync(repository, Unasked));

        AssertOutcome("awaiting-approval", asked);
        Assert.Contains("ignores that ImageTagMutability is taken away", (await host.IncidentOf(asked)).Detail, StringComparison.Ordinal);

        AssertOutcome("pending", await host.OperateAsync(new(OperatorVerb.Approve, asked.Incident!, "alice", null, Force: false)));
        await host.SweepAfterAsync(TimeSpan.FromMinutes(31));
        var ended = await host.IncidentOf(asked);
        Assert.Equal((IncidentState.Escalated, Reason.NotVerified), (ended.State, ended.Reason));
        AssertSame(Model(repository, Mutable), await host.ModelAsync(repository));
    }

    public static async Task Update_that_failed_for_a_moment_is_made_again_later_and_one_that_is_refused_is_not(IScenarioHost host)
    {
        var passing = await host.RepositoryAsync(Bad, ""","ends":["NotStabilized"]""", "passing");
        await host.RecordAsync(passing, -60, Good);
        await host.RecordAsync(passing, -10, Bad);
        var later = await host.SendAsync(await host.DriftAsync(passing, Unasked));
        AssertOutcome("pending", later);
        await host.SweepAfterAsync(TimeSpan.FromMinutes(31));
        Assert.Equal(IncidentState.Fixed, (await host.IncidentOf(later)).State);

        var final = await host.RepositoryAsync(Bad, ""","ends":["NotUpdatable"]""", "final");
        await host.RecordAsync(final, -60, Good);
        await host.RecordAsync(final, -10, Bad);
        var refused = await host.SendAsync(await host.DriftAsync(final, Unasked));
        AssertOutcome("escalated", refused);
        var incident = await host.IncidentOf(refused);
        Assert.Equal(Reason.Failed, incident.Reason);
        Assert.Contains("NotUpdatable", incident.Detail, StringComparison.Ordinal);
        AssertSame(Model(final, Bad), await host.ModelAsync(final));
    }

    public static string Policy(string type, string unasked, string role) => $$"""
        defaults: {mode: auto}
        auto-up-to: {{unasked}}
        rules: [{match: {rule-name: 'our-*'}, to: last-compliant}]
        rollback: {quiet: 0s, types: ['{{type}}'], role: '{{role}}'}
        """;

    /// <summary>A drifted repository, and its event.</summary>
    public static async Task<ComplianceChange> DriftedAsync(IScenarioHost host, string hazards)
    {
        var repository = await host.RepositoryAsync($"{Bad},{Later}", hazards);
        await host.RecordAsync(repository, -60, Good);
        await host.RecordAsync(repository, -10, Bad);
        return await host.DriftAsync(repository, Unasked);
    }

    /// <summary>A resource of any type, with the bad model live, under the id and identifier "one".</summary>
    public static async Task<ComplianceChange> DriftedAsync(IScenarioHost host, string hazards, string type, string good, string bad)
    {
        var resource = new ResourceKey(host.Account, host.Region, type, "one");
        await host.PutResourceAsync(Json.Parse($$"""{"type":"{{type}}","identifier":"one","model":{{bad}}{{hazards}}}"""));
        await host.PutItemAsync(RollbackScenarios.Item(resource, host.Now, -60, "OK", good, "{}", "{}"));
        await host.PutItemAsync(RollbackScenarios.Item(resource, host.Now, -10, "OK", bad, "{}", "{}"));
        return await host.DriftAsync(resource, Unasked);
    }

    public static Task<ComplianceChange> DriftedAsync(InMemoryHost host) => DriftedAsync(host, "");

    public static async Task AssertBackAsync(this IScenarioHost host, ComplianceChange change) => AssertSame(
        Model(change.Resource, $$""" "ImageScanningConfiguration":{"ScanOnPush":true},"ImageTagMutability":"IMMUTABLE",{{Later}} """),
        await host.ModelAsync(change.Resource));

    public static Task AssertNotTouchedAsync(this IScenarioHost host, ComplianceChange change) =>
        host.AssertModelAsync(change, $"{Bad},{Later}");

    public static async Task AssertBackAndUndoableAsync(InMemoryHost host, ComplianceChange change)
    {
        await host.AssertBackAsync(change);
        var incident = await host.Journal.FindOpenAsync(Incident.KeyOf(change.Resource, change.Rule), host.Ct);
        AssertOutcome("undone", await host.UndoAsync(incident?.Id));
        await host.AssertNotTouchedAsync(change);
    }

    private static async Task AssertModelAsync(this IScenarioHost host, ComplianceChange change, string members) =>
        AssertSame(Model(change.Resource, members), await host.ModelAsync(change.Resource));

    private static async Task<ResourceKey> RepositoryAsync(
        this IScenarioHost host, string members, string hazards = "", string what = "repository")
    {
        var key = new ResourceKey(host.Account, host.Region, Type, host.Named(what));
        await host.PutResourceAsync(
            Json.Parse($$"""{"type":"{{Type}}","identifier":"{{key.Id}}","model":{{Model(key, members).GetRawText()}}{{hazards}}}""")
        );
        return key;
    }

    private static JsonElement Model(ResourceKey repository, string members) =>
        Json.Parse(
            $$"""{"RepositoryName":"{{repository.Id}}","""
            + $$""" "Arn":"arn:aws:ecr:{{repository.Region}}:{{repository.Account}}:repository/{{repository.Id}}",{{members}}}"""
        );

    private static async Task<JsonElement> ModelAsync(this IScenarioHost host, ResourceKey repository)
    {
        var output = await host.CallAsync("cloudcontrol:GetResource", $$"""{"TypeName":"{{Type}}","Identifier":"{{repository.Id}}"}""");
        return Json.Parse(output.Member("ResourceDescription").TextOf("Properties")!);
    }

    /// <summary>AWS Config recorded these members, so many minutes from now.</summary>
    private static Task RecordAsync(this IScenarioHost host, ResourceKey repository, int minutes, string members) => host.PutItemAsync(
        RollbackScenarios.Item(repository, host.Now, minutes, "OK", Model(repository, members).GetRawText(), "{}", "{}"));

    private static async Task<ComplianceChange> DriftAsync(this IScenarioHost host, ResourceKey repository, string unasked)
    {
        await host.UsePolicyAsync(Policy(repository.Type, unasked, "RemediatorRollback"));
        var rule = await host.CustomRuleAsync("our-baseline");
        return Some.Change(rule, repository, host.Now) with
        {
            CompliantBefore = host.Now.AddMinutes(-60),
            OrderedAt = host.Now.AddMinutes(-10),
        };
    }
}
