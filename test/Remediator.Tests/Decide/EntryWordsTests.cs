using Remediator.Decide;

namespace Remediator.Tests.Decide;

/// <summary>What an entry says, as one would write it.</summary>
public sealed class EntryWordsTests
{
    [Theory]
    [InlineData("mode: approve", "mode: approve")]
    [InlineData("auto-up-to: [none, restart]", "auto-up-to: none, restart")]
    [InlineData("owner: shop, environment: test", "owner: shop; environment: test")]
    [InlineData("escalate-to: {after: 4h, owner: leads}", "escalate-to: leads after 4h")]
    [InlineData("warn-before: 48h", "warn-before: 2d")]
    [InlineData("severity: error", "severity: error")]
    [InlineData("playbook: s3/a", "playbook: s3/a")]
    [InlineData("rollout: 25", "rollout: 25%")]
    [InlineData("settle: 90s", "settle: 90s")]
    [InlineData("settle: 90m", "settle: 90m")]
    [InlineData("settle: 0d", "settle: 0s")]
    [InlineData("confirm-within: 120m", "confirm-within: 2h")]
    [InlineData("to: [last-compliant, wanted]", "to: last-compliant, wanted")]
    [InlineData("tags-from: [stack, account]", "tags-from: stack, account")]
    [InlineData("owned: revert-stack", "owned: revert-stack")]
    [InlineData("security-hub: true", "security-hub: true")]
    [InlineData("security-hub: false", "security-hub: false")]
    [InlineData("trust-rule-parameters: true", "trust-rule-parameters: true")]
    [InlineData("trust-rule-parameters: false", "trust-rule-parameters: false")]
    [InlineData(
        "params: {a: text, b: 5, c: [1, x], d: {e: true, f: {g: h}}}",
        "params.a: text; params.b: 5; params.c: [1,\"x\"]; params.d.e: true; params.d.f.g: h")]
    public void Word_is_written_as_in_the_policy(string words, string written)
    {
        var entry = Assert.Single(PolicyReader.Read("policy.yaml", $"rules: [{{match: {{resource: a}}, {words}}}]").Rules);

        Assert.Equal(written, string.Join("; ", EntryWords.Of(entry).Select(w => $"{w.Key}: {w.Value}")));
    }
}
