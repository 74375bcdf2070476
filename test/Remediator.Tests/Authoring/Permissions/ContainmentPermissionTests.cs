using Remediator.Authoring.Permissions;
using Remediator.Decide;
using Remediator.Emulator;
using Remediator.Playbooks;

namespace Remediator.Tests.Authoring.Permissions;

/// <summary>A containment is permitted where the policy names it, and nowhere else: neither what it changes nor what it reads.</summary>
public sealed class ContainmentPermissionTests
{
    private static readonly Playbook Denied = new PlaybookLibrary(Repository.At("playbooks")).Load("iam/user-denied-without-mfa");

    [Theory]
    [InlineData("defaults: {mode: auto}")]
    [InlineData("rules: [{match: {rule: IAM_USER_MFA_ENABLED}, mode: approve}]")]
    [InlineData("rules: [{match: {rule-name: iam-user-mfa-enabled}, mode: auto}]")]
    public void Policy_that_does_not_name_it_permits_nothing_of_it(string policy) => Assert.Empty(Of(policy));

    [Fact]
    public void Policy_that_names_it_permits_its_calls() => Assert.Equal(
        ["iam:DeleteUserPolicy", "iam:PutUserPolicy"],
        Of("rules: [{match: {rule: IAM_USER_MFA_ENABLED}, mode: approve, playbook: iam/user-denied-without-mfa}]"));

    private static string[] Of(string policy)
    {
        var reach = new PolicyReach(PolicyReader.Read("policy.yaml", policy));
        return [.. PlaybookPermissions.Of([Denied], reach, []).Where(p => p.Changes || !reach.Reads(Denied)).Select(p => p.Action)];
    }
}
