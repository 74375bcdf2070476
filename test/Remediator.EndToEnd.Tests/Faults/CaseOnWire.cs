using System.Text.Json;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Decide;
using Remediator.Emulator.Cases;
using Remediator.Emulator;
using Remediator.EndToEnd.Tests.Playbooks;
using Remediator.EndToEnd.Tests.Scenarios;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Faults;

/// <summary>The drifted resource of a playbook's case in a separate account, with its rule and its event.</summary>
internal sealed class CaseOnWire : Situation
{
    private readonly PlaybookCase _case;
    private readonly IAws _aws;
    private readonly Scope _scope;

    private CaseOnWire(PlaybookCase @case, IAws aws, Scope scope, ComplianceChange change) : base(change) =>
        (_case, _aws, _scope) = (@case, aws, scope);

    public override bool IsUndoneExactly => _case.Undo is CaseUndo.Exact;

    /// <summary>Lets the service change everything, with the parameters of the case.</summary>
    public override string Policy =>
        $$"""
            auto-up-to: [none, brief, cost, restart, access, data, irreversible]
            defaults: {mode: auto, owner: team, environment: test, trust-rule-parameters: true, params: {{_case.PolicyParameters.Render(
                _scope
            ).GetRawText()}}}
            budgets: {per-hour: 1000, per-account: 1000, per-playbook: 1000}
            """;

    public static Task<CaseOnWire> OfAsync(World world, string name, CancellationToken ct) => OfAsync(world, PlaybookCases.Load(name), ct);

    public static async Task<CaseOnWire> OfAsync(World world, PlaybookCase @case, CancellationToken ct)
    {
        var (account, region) = (world.NewAccount(), TemplateDeployer.Region);
        var aws = world.Accounts.For(account, region);
        var scope = await CaseRun.SeedAsync(@case, aws, account, CancellationToken.None);
        var resource = new ResourceKey(account, region, @case.ResourceType, @case.ResourceId.Render(scope).GetString()!);
        var rule = await PutRuleAsync(
            aws, "case", $$"""{"Owner":"AWS","SourceIdentifier":"{{@case.Rules[0]}}"}""", @case.RuleParameters.Render(scope), ct);
        return new(@case, aws, scope, Some.Change(rule, resource, TimeProvider.System.GetUtcNow()));
    }

    /// <summary>What the case's own checks read, one line each.</summary>
    public override async Task<string> ReadAsync(CancellationToken ct) =>
        string.Join('\n', (await ReadChecksAsync(ct)).Select(r => r.IsNull() ? "null" : r.GetRawText()));

    public override async Task<bool> IsRightAsync(CancellationToken ct) =>
        _case.Checks.Zip(await ReadChecksAsync(ct)).All(c => c.First.Holds(c.Second, _scope));

    private async Task<JsonElement[]> ReadChecksAsync(CancellationToken ct)
    {
        var results = new List<JsonElement>();
        foreach (var check in _case.Checks)
        {
            results.Add((await Reader.ReadAsync(check.Read, _scope, _aws, ct)).State);
        }

        return [.. results];
    }
}
