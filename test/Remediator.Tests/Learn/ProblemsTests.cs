using Remediator.Incidents;
using Remediator.Learn;
using static Remediator.Tests.Learn.Ended;

namespace Remediator.Tests.Learn;

/// <summary>Which incidents are one problem, and what can be done about all of them.</summary>
public sealed class ProblemsTests
{
    private static readonly DateTimeOffset Since = Start.AddDays(-7);

    [Fact]
    public void Refused_permission_is_one_problem_over_all_accounts_and_is_retried_with_one_command()
    {
        var digests = Enumerable.Range(0, 4).Select(n => Open($"b{n}", minutes: n * 5000) with
        {
            Resource = Open($"b{n}").Resource with { Account = $"11111111111{n}" },
            Reason = Reason.NotPermitted,
            Refused = "s3:PutBucketAcl",
            RefusedRole = "Member",
        }).ToArray();

        var problem = Assert.Single(Problems.Default.Of(digests, Since));

        Assert.Equal((ProblemKind.Permission, "s3:PutBucketAcl to Member", 4), (problem.Kind, problem.Name, problem.Open));
        Assert.Equal($"remediator retry {string.Join(' ', digests.Select(d => d.Id))}", Assert.Single(problem.Commands));
    }

    [Fact]
    public void Stack_is_a_problem_as_long_as_it_goes_on_and_two_are_a_coincidence()
    {
        var burst = Enumerable.Range(0, 3).Select(n => Open($"a{n}", minutes: n * 60) with { Stack = "web" }).ToArray();
        var later = Enumerable.Range(0, 2).Select(n => Open($"l{n}", minutes: 5000 + n) with { Stack = "web" }).ToArray();
        var elsewhere = Open("x") with { Stack = "web", Resource = Open("x").Resource with { Account = "999999999999" } };

        var problem = Assert.Single(Problems.Default.Of([.. later, .. burst, elsewhere], Since));

        Assert.Equal((ProblemKind.Stack, 3), (problem.Kind, problem.Incidents.Length));
        Assert.Equal((burst[0].OpenedAt, burst[2].OpenedAt), (problem.First, problem.Last));
    }

    [Fact]
    public void Role_is_one_principal_whatever_its_session()
    {
        var digests = Enumerable.Range(0, 3)
            .Select(n => Open($"b{n}", minutes: n) with { Principal = $"arn:aws:sts::1:assumed-role/deploy/session-{n}" }).ToArray();

        Assert.Equal("arn:aws:sts::1:assumed-role/deploy", Assert.Single(Problems.Default.Of(digests, Since)).Name);
    }

    [Fact]
    public void New_rule_is_a_problem_only_where_it_is_new_and_no_stack_is_the_news()
    {
        var fresh = Enumerable.Range(0, 5).Select(n => Open($"b{n}", minutes: n, rule: "new") with { IsFirst = true }).ToArray();

        Assert.Equal((ProblemKind.Rollout, "new"), Kind(fresh, Since));
        Assert.Empty(Problems.Default.Of(fresh, Start.AddHours(-1)));
        Assert.Empty(Problems.Default.Of([.. fresh, Of("old", new(), minutes: -3000, rule: "new")], Since));
        Assert.Empty(Problems.Default.Of([.. fresh.Select(d => d with { IsFirst = false })], Since));
        Assert.Equal((ProblemKind.Stack, "web (123456789012, us-east-1)"), Kind([.. fresh.Select(d => d with { Stack = "web" })], Since));
    }

    [Fact]
    public void Same_resource_again_and_again_is_one_resource() => Assert.Empty(
        Problems.Default.Of([.. Enumerable.Range(0, 5).Select(n => Open("b", minutes: n, id: n) with { Stack = "web" })], Since));

    [Fact]
    public void Each_command_names_those_that_it_can_be_given_for()
    {
        Digest[] digests =
        [
            Open("a", 1) with { State = IncidentState.AwaitingApproval },
            Open("b", 2) with { Reason = Reason.Failed },
            Open("c", 3) with { Reason = Reason.Unsupported },
            Open("d", 4) with { State = IncidentState.Fixed },
        ];

        var problem = Assert.Single(Problems.Default.Of([.. digests.Select(d => d with { Stack = "web" })], Since));

        Assert.Equal(
            [$"remediator approve --problem {problem.Id}", $"remediator retry {digests[1].Id}", $"remediator acknowledge {digests[2].Id}"],
            problem.Commands.AsEnumerable());
    }

    private static (ProblemKind, string) Kind(Digest[] digests, DateTimeOffset since)
    {
        var problem = Assert.Single(Problems.Default.Of(digests, since));
        return (problem.Kind, problem.Name);
    }

    private static Digest Open(string bucket, int minutes = 0, string rule = "some-rule", int id = 0) =>
        Of(bucket, new() { Escalated = Reason.Failed }, minutes, rule, id) with { State = IncidentState.Escalated };
}
