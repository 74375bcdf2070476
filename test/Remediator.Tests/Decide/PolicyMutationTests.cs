extern alias JsonSchemaNet;

using FsCheck;
using FsCheck.Fluent;
using JsonSchemaNet::Json.Schema;
using Remediator.Authoring.Catalog;
using Remediator.Authoring.Checks;
using Remediator.Decide;
using Remediator.Emulator;
using Remediator.Playbooks;

namespace Remediator.Tests.Decide;

/// <summary>After any slip in a valid policy, it means the same as before, or it is rejected with the position.</summary>
[Trait("Category", "Slow")]
public sealed class PolicyMutationTests
{
    private const string Right = """
        defaults: {mode: observe, owner: platform, environment: production, severity: warning, rollout: 100, settle: 15m,
          confirm-within: 3h}
        accounts:
          '111111111111': {name: shop-prod, ou: Root/Prod, team: shop, environment: production, values: {key: alias/shop}}
          '222222222222': {team: data, environment: test}
        rules:
          - match: {team: shop, environment: production, ou: Root/*, rule: SNS_ENCRYPTED_KMS}
            owner: '${account.name}'
            params: {kmsKeyId: '${account.values.key}'}
          - match: {rule: [S3_BUCKET_VERSIONING_ENABLED], account: '111111111111', region: [eu-west-1], tag: {Stage: dev}}
            mode: auto
            rollout: 25%
            auto-up-to: [none, brief]
            escalate-to: {after: 4h, owner: payments}
            warn-before: 2d
          - match: {rule: [SNS_ENCRYPTED_KMS, SQS_QUEUE_NO_PUBLIC_ACCESS], resource-type: 'AWS::SNS::Topic', resource: logs-*}
            mode: approve
            owner: payments
            params: {kmsKeyId: alias/ours}
          - match: {rule-name: our-own-rule}
            mode: auto
            playbook: s3/bucket-versioning
        auto-up-to: [none, brief, cost]
        exemptions:
          - {match: {resource: downloads, account: ['2222*']}, reason: public, until: 2027-06-30}
          - {match: {tag: {public: allowed}}, reason: agreed, until: '2027-06-30T18:00:00Z'}
        freezes:
          - {from: 2026-12-20, until: 2027-01-07, reason: holidays}
          - {match: {account: '111111111111'}, weekly: 'Fri 18:00 - Mon 06:00 Europe/Berlin', reason: weekend}
        windows: [{match: {impact: [restart], service: s3}, open: ['Sun 02:00 - Sun 05:00 UTC']}]
        budgets: {per-hour: 20, per-account: 10, per-playbook: 5}
        guards: {failures: 5, reverts: 3, revert-window: 1d}
        escalation: {per-hour: 50, remind-after: [4h, 1d], exemption-reminder: 5d}
        rollback: {max-age: 30d, quiet: 1h, types: [AWS::ECR::Repository, AWS::Events::Rule], role: RemediatorRollback}
        backlog: {accounts: ['222222222222'], regions: [eu-west-1], per-sweep: 100, every: 6h}
        """;

    private static readonly DateTimeOffset Now = new(2026, 11, 28, 0, 0, 0, TimeSpan.Zero);
    private static readonly PlaybookSet Playbooks = PlaybookSet.Of(new PlaybookLibrary(Repository.At("playbooks")));
    private static readonly string Meaning = PolicyMeaning.Of(PolicyReader.Read("policy.yaml", Right));
    private static readonly PolicyTree Tree = PolicyTree.Read(Right);
    private static readonly JsonSchema Schema = JsonSchema.FromText(PolicySchemaFile.Render());

    // A schema cannot express what these codes check: differences of YAML, combinations of values, facts about AWS.
    private static readonly string[] BeyondSchema =
        ["PO005", "PO006", "PO010", "PO012", "PO013", "PO016", "PO017", "PO019", "PO020", "PO024", "PO027", "PB001"];

    [Fact]
    public void One_slip_changes_no_meaning()
    {
        var mutants = Tree.Mutants().ToList();

        Assert.True(mutants.Count > 1_000, $"{mutants.Count}");
        var faults = Samples.Of(mutants).Select(Fault).OfType<string>().ToList();
        Assert.True(faults is [], $"{faults.Count}: {string.Join(Environment.NewLine, faults.Take(12))}");
    }

    [Fact]
    public void Two_slips_change_no_meaning()
    {
        var first = Tree.Mutants().ToArray();
        var twice = from i in Gen.Choose(0, first.Length - 1)
                    from j in Gen.Choose(0, int.MaxValue)
                    let second = first[i].Mutants().ToArray()
                    select second.Length == 0 ? first[i] : second[j % second.Length];

        // Two slips may leave nothing of it, and an empty policy is valid: it observes.
        Prop.ForAll(
            twice.Where(tree => tree.Yaml().Trim() is not "{}").ToArbitrary(),
            tree => Fault(tree) is { } fault ? throw new InvalidOperationException(fault) : true)
            .Check(Samples.Cases(1_000));
    }

    [Fact]
    public void Any_junk_in_the_text_is_refused_or_read_and_never_throws()
    {
        var broken = from at in Gen.Choose(0, Right.Length)
                     from junk in Gen.Elements(
                         "[", "]", "{", "}", "'", "\"", "- ", "\n", "\t", ": ", "#", "&a ", "*a", "!x ", "|", ">", "%", "@", "`", "\0",
                         "\ud800", "\u2028", "---\n", "? ", "<<: ")
                     from cut in Gen.Choose(0, 3)
                     select Right.Remove(at, Math.Min(cut, Right.Length - at)).Insert(at, junk);

        Prop.ForAll(broken.ToArbitrary(), text => PolicyReader.TryRead("policy.yaml", text) is ({ }, []) or (null, [_, ..]))
            .Check(Samples.Cases(2_000));
    }

    /// <summary>What is wrong with the treatment of a mutant; null if nothing is.</summary>
    private static string? Fault(PolicyTree mutant)
    {
        var yaml = mutant.Yaml();
        var (policy, problems) = PolicyFile.TryRead("policy.yaml", yaml, Playbooks, Now);
        var errors = problems.Where(p => !p.IsWarning).ToList();
        if (policy is null != errors is not [] || errors.Any(e => e.At.Line < 1 || e.At.Column < 1))
        {
            return $"no place: {yaml}";
        }

        if (policy is not null && PolicyMeaning.Of(policy) != Meaning)
        {
            return $"another meaning: {yaml}";
        }

        var fits = Schema.Evaluate(mutant.Json()).IsValid;
        return (fits, policy) switch
        {
            (false, not null) => $"the schema refuses what is read: {yaml}",
            (true, null) when !errors.Any(e => BeyondSchema.Contains(e.Code)) =>
                $"the schema takes what is refused with {errors[0]}: {yaml}",
            _ => null,
        };
    }
}
