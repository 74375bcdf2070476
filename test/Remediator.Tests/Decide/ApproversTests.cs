using Remediator.Decide;

namespace Remediator.Tests.Decide;

/// <summary>Whose word counts for which team.</summary>
public sealed class ApproversTests
{
    private const string Arn = "arn:aws:sts::123456789012:assumed-role/Ops/anna";

    [Theory]
    [InlineData("{}", "shop", "Ops", Arn, true)]
    [InlineData("{}", "shop", null, null, true)]
    [InlineData("approvers: {shop: [Leads, Op?]}", "shop", "Ops", Arn, true)]
    [InlineData("approvers: {shop: Leads}", "shop", "Ops", Arn, false)]
    [InlineData("approvers: {shop: Leads}", "data", "Ops", Arn, true)]
    [InlineData("approvers: {shop: Leads, '*': Ops}", "data", "Ops", Arn, true)]
    [InlineData("approvers: {shop: Leads, '*': Ops}", "shop", "Ops", Arn, false)]
    [InlineData("approvers: {'*': Leads}", null, "Ops", Arn, false)]
    [InlineData("approvers: {'*': Ops}", null, "Ops", Arn, true)]
    [InlineData("approvers: {shop: 'arn:aws:sts::*:assumed-role/Ops/anna'}", "shop", "Other", Arn, true)]
    [InlineData("approvers: {shop: 'arn:aws:sts::*:assumed-role/Ops/ben'}", "shop", "Ops", Arn, false)]
    [InlineData("approvers: {shop: '*'}", "shop", "Ops", Arn, true)]
    [InlineData("approvers: {shop: '*'}", "shop", null, Arn, false)]
    [InlineData("approvers: {shop: '*'}", "shop", "Ops", null, false)]
    public void Word_counts_of_whom_the_policy_names_for_the_team(string policy, string? team, string? name, string? arn, bool may) =>
        Assert.Equal(may, PolicyReader.Read("policy.yaml", policy).Approvers.May(team, name, arn));
}
