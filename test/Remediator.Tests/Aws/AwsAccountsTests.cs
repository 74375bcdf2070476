using System.Text.Json;
using Amazon.Runtime;
using Microsoft.Extensions.Time.Testing;
using Remediator.Aws;
using Remediator.Tests.Aws.Conformance;

namespace Remediator.Tests.Aws;

public sealed class AwsAccountsTests : IDisposable
{
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
    private readonly CannedWire wire = new(new CannedAnswer(200, [], "{}"u8.ToArray()));
    private readonly RoleBook roles;

    public AwsAccountsTests() => roles = new RoleBook(clock);

    public void Dispose() => wire.Dispose();

    [Fact]
    public async Task In_the_own_account_the_own_credentials_are_used()
    {
        using var accounts = NewAccounts();

        await ListAsync(accounts.For("111111111111", "eu-west-1"));

        Assert.Empty(roles.Asked);
        Assert.Contains("Credential=OWN/", wire.Sent[0].Headers["Authorization"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eu-west-1", "arn:aws:iam::222222222222:role/fixer")]
    [InlineData("cn-north-1", "arn:aws-cn:iam::222222222222:role/fixer")]
    [InlineData("us-gov-west-1", "arn:aws-us-gov:iam::222222222222:role/fixer")]
    public async Task In_another_account_its_role_is_assumed_in_the_partition_of_the_region(string region, string role)
    {
        using var accounts = NewAccounts();

        await ListAsync(accounts.For("222222222222", region));

        Assert.Equal([new RoleRequest(role, new("session"), "external")], roles.Asked);
        Assert.Contains("Credential=KEY1/", wire.Sent[0].Headers["Authorization"], StringComparison.Ordinal);
        Assert.Equal("token", wire.Sent[0].Headers["X-Amz-Security-Token"]);
    }

    [Fact]
    public async Task A_role_is_assumed_once_for_calls_that_come_together_and_for_all_regions()
    {
        using var accounts = NewAccounts();
        roles.Hold();

        var calls = new[] { "eu-west-1", "eu-west-2", "eu-west-1" }.Select(region => ListAsync(accounts.For("222222222222", region)))
            .ToArray();
        roles.Release();
        await Task.WhenAll(calls);

        Assert.Single(roles.Asked);
    }

    [Fact]
    public async Task A_role_is_assumed_again_shortly_before_its_credentials_end()
    {
        using var accounts = NewAccounts();
        var aws = accounts.For("222222222222", "eu-west-1");

        await ListAsync(aws);
        clock.Advance(TimeSpan.FromMinutes(54));
        await ListAsync(aws);
        clock.Advance(TimeSpan.FromMinutes(2));
        await ListAsync(aws);

        Assert.Equal(2, roles.Asked.Count);
    }

    [Fact]
    public async Task A_role_that_could_not_be_assumed_is_tried_again_by_the_next_call()
    {
        using var accounts = NewAccounts();
        var aws = accounts.For("222222222222", "eu-west-1");
        roles.Refuse = true;

        var fault = await Assert.ThrowsAsync<AwsException>(() => ListAsync(aws));
        roles.Refuse = false;
        await ListAsync(aws);

        Assert.Equal(("sts:AssumeRole", "AccessDenied"), (fault.Operation, fault.Code));
    }

    [Fact]
    public async Task In_the_own_account_its_role_is_assumed_where_one_is_named()
    {
        using var accounts = NewAccounts(Access with { OwnRole = "arn:aws:iam::111111111111:role/own" });

        await ListAsync(accounts.For("111111111111", "eu-west-1"));

        Assert.Equal([new RoleRequest("arn:aws:iam::111111111111:role/own", new("session"))], roles.Asked);
        Assert.Equal(AccountCredentials.LimitedRole, accounts.CredentialsIn("111111111111"));
    }

    [Fact]
    public async Task Session_of_its_own_is_entered_once_and_serves_every_region()
    {
        using var accounts = NewAccounts();
        var session = new RoleSession("incident") { Policy = "{}", SourceIdentity = "anna" };

        await ListAsync(await accounts.EnterAsync("222222222222", "eu-west-1", session, CancellationToken.None));
        await ListAsync(accounts.For("222222222222", "eu-west-2", session with { }));
        await ListAsync(accounts.For("222222222222", "eu-west-1"));

        Assert.Equal([session, new("session")], roles.Asked.Select(r => r.Session));
    }

    [Fact]
    public async Task Session_that_may_not_be_made_shows_when_it_is_entered()
    {
        using var accounts = NewAccounts();
        roles.Refuse = true;

        await Assert.ThrowsAsync<AwsException>(
            () => accounts.EnterAsync("222222222222", "eu-west-1", new("incident"), CancellationToken.None));

        Assert.Empty(wire.Sent);
    }

    [Fact]
    public async Task Sessions_are_not_limited_where_the_deployment_says_so()
    {
        using var accounts = NewAccounts(Access with { LimitsSessions = false });

        await accounts.EnterAsync("222222222222", "eu-west-1", new("incident") { Policy = "{}" }, CancellationToken.None);

        Assert.Null(Assert.Single(roles.Asked).Session.Policy);
        Assert.Equal(AccountCredentials.Role, accounts.CredentialsIn("222222222222"));
    }

    [Fact]
    public async Task Oldest_session_is_forgotten_and_made_again_where_it_is_needed()
    {
        using var accounts = NewAccounts();
        for (var i = 0; i <= AwsAccounts.MostChangeSessions; i++)
        {
            await accounts.EnterAsync("222222222222", "eu-west-1", new($"incident-{i}"), CancellationToken.None);
        }

        await accounts.EnterAsync("222222222222", "eu-west-1", new($"incident-{AwsAccounts.MostChangeSessions}"), CancellationToken.None);
        await accounts.EnterAsync("222222222222", "eu-west-1", new("incident-0"), CancellationToken.None);

        Assert.Equal(AwsAccounts.MostChangeSessions + 2, roles.Asked.Count);
    }

    [Fact]
    public async Task Session_for_reading_outlasts_those_of_changes()
    {
        using var accounts = NewAccounts();
        await ListAsync(accounts.For("222222222222", "eu-west-1"));
        for (var i = 0; i <= AwsAccounts.MostChangeSessions; i++)
        {
            await accounts.EnterAsync("222222222222", "eu-west-1", new($"incident-{i}"), CancellationToken.None);
        }

        await ListAsync(accounts.For("222222222222", "eu-west-1"));

        Assert.Equal(1, roles.Asked.Count(asked => asked.Session.Name is "session"));
    }

    [Fact]
    public void Clients_are_kept()
    {
        using var accounts = NewAccounts();

        Assert.Same(accounts.For("222222222222", "eu-west-1"), accounts.For("222222222222", "eu-west-1"));
        Assert.NotSame(accounts.For("222222222222", "eu-west-1"), accounts.For("222222222222", "eu-west-2"));
    }

    private static AccountAccess Access => new("111111111111", "fixer", new("session"), "external");

    private AwsAccounts NewAccounts(AccountAccess? access = null) => new(
        new BasicAWSCredentials("OWN", "secret"),
        access ?? Access,
        roles,
        new AwsClientOptions { HttpHandler = wire, Clock = clock, MaxAttempts = 1 });

    private static Task<JsonElement> ListAsync(IAws aws) => aws.CallAsync("dynamodb:ListTables", default, CancellationToken.None);

    /// <summary>Returns credentials that last an hour, and records the requests.</summary>
    private sealed class RoleBook(TimeProvider clock) : ICredentialsSource
    {
        private TaskCompletionSource? held;

        public List<RoleRequest> Asked { get; } = [];

        public bool Refuse { get; set; }

        public void Hold() => held = new TaskCompletionSource();

        public void Release() => held?.SetResult();

        public async Task<RoleCredentials> AssumeAsync(RoleRequest request, CancellationToken ct)
        {
            Asked.Add(request);
            await (held?.Task ?? Task.CompletedTask);
            return Refuse
                ? throw new AwsException("sts:AssumeRole", "AccessDenied", 403, "", "no")
                : new RoleCredentials($"KEY{Asked.Count}", "secret", "token", clock.GetUtcNow().AddHours(1));
        }
    }
}
