using System.Text.Json;
using Remediator.Aws;
using Remediator.Authoring.Permissions;
using Remediator.Incidents;
using Remediator.Learn;
using Remediator.Playbooks;
using Remediator.Sweep;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.Tests.Sweep;

/// <summary>A problem has one OpsItem as long as it lasts, whoever is stopped where, and only where the policy says so.</summary>
public sealed class OpsItemTests : IAsyncDisposable
{
    private readonly InMemoryHost host = new();
    private readonly Dictionary<string, (string Key, string Status, JsonElement Shown)> center = new(StringComparer.Ordinal);
    private bool isKilled;

    public OpsItemTests()
    {
        host.Fake.On(AwsOpsItems.Create, Create);
        host.Fake.On(AwsOpsItems.Update, Update);
    }

    private OpsItemRounds Rounds => new(host.Journal, new AwsOpsItems(host.Fake, host.Account, host.Region));

    private int Calls => host.Calls.Count(c => c.StartsWith("ssm:", StringComparison.Ordinal));

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Problem_has_one_that_grows_with_it_and_is_resolved_with_it()
    {
        await RoundAsync(Problem(5), Problem(2, "problem-2"));
        Assert.Equal(["Open", "Open"], center.Values.Select(i => i.Status));
        var shown = center["oi-000000000001"].Shown;
        Assert.Equal("Remediator: 5 incidents of one cause, of shop", shown.TextOf("Title"));
        Assert.Equal(("Remediator", "2", "Security"), (shown.TextOf("Source"), shown.TextOf("Severity"), shown.TextOf("Category")));
        Assert.Contains("the stack web", shown.TextOf("Description"), StringComparison.Ordinal);
        Assert.Contains("remediator approve --problem problem-1", shown.TextOf("Description"), StringComparison.Ordinal);

        await RoundAsync(Problem(5), Problem(2, "problem-2"));
        Assert.Equal(2, Calls);

        await RoundAsync(Problem(7));
        Assert.StartsWith("Remediator: 7 ", center["oi-000000000001"].Shown.TextOf("Title"), StringComparison.Ordinal);
        Assert.Equal(("Open", "Resolved"), (center["oi-000000000001"].Status, center["oi-000000000002"].Status));

        await RoundAsync();
        await RoundAsync();
        Assert.All(center.Values, i => Assert.Equal("Resolved", i.Status));
        Assert.Equal(5, Calls);
    }

    [Fact]
    public async Task Whoever_is_stopped_before_the_id_is_noted_finds_the_same_item_again()
    {
        isKilled = true;
        await Assert.ThrowsAsync<KilledException>(() => RoundAsync(Problem(5)));
        isKilled = false;

        await RoundAsync(Problem(5));
        await RoundAsync();

        Assert.Equal("Resolved", Assert.Single(center).Value.Status);
    }

    [Fact]
    public async Task One_that_somebody_deleted_stays_deleted_and_keeps_no_other_from_being_kept()
    {
        await RoundAsync(Problem(5));
        center.Clear();

        await RoundAsync(Problem(6), Problem(2, "problem-2"));
        await RoundAsync();

        Assert.Equal("problem-2", Assert.Single(center).Value.Key.Split('/')[1]);
    }

    [Fact]
    public async Task One_that_is_refused_is_tried_again_with_the_next_round()
    {
        host.Faults.Inject(AwsOpsItems.Create, FaultKind.Deny);
        await Assert.ThrowsAsync<AwsException>(() => RoundAsync(Problem(5)));
        host.Faults.Clear();

        await RoundAsync(Problem(5));

        Assert.Single(center);
    }

    [Fact]
    public async Task Problem_that_an_earlier_version_told_has_one_too()
    {
        await host.Journal.SetBookmarkAsync(
            ToldProblem.Bookmark,
            """[{"id":"problem-1","owner":"shop","count":5,"since":"2026-11-01T00:00:00Z","at":"2026-11-01T00:00:00Z"}]""",
            host.Ct);

        await Rounds.GoRoundAsync(host.Ct);

        Assert.Equal("3", Assert.Single(center).Value.Shown.TextOf("Severity"));
    }

    [Theory]
    [InlineData("{defaults: {mode: observe}}", false)]
    [InlineData("{defaults: {mode: observe}, escalation: {ops-items: true}}", true)]
    public async Task Only_where_the_policy_says_so_is_there_one_and_a_permission_for_it(string policy, bool isWanted)
    {
        await host.UsePolicyAsync(policy);
        await host.Journal.SetBookmarkAsync(ToldProblem.Bookmark, ToldProblem.Write([Problem(5)]), host.Ct);

        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));

        // The sweep finds that no incident of it is open, and says that it is over: the item lasts no longer than the thread.
        Assert.Equal(0, center.Count(i => i.Value.Status is "Open"));
        await host.Journal.SetBookmarkAsync(ToldProblem.Bookmark, ToldProblem.Write([Problem(5)]), host.Ct);
        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(isWanted ? 1 : 0, center.Count);

        var read = Remediator.Decide.PolicyReader.Read("policy.yaml", policy);
        var actions = PlaybookPermissions.Of(Array.Empty<Playbook>(), new PolicyReach(read)).Select(p => p.Action).ToList();
        Assert.Equal(isWanted, actions.Contains(AwsOpsItems.Create));
        Assert.Equal(isWanted, actions.Contains(AwsOpsItems.Update));
        Assert.Empty(PlaybookPermissions.Of(Array.Empty<Playbook>(), new PolicyReach(read) { IsOfMember = true }));
    }

    private ToldProblem Problem(int count, string id = "problem-1") => new(id, "shop", count, host.Now.Date, host.Now)
    {
        Says = "the stack web",
        Severity = Severity.Error,
    };

    private async Task RoundAsync(params ToldProblem[] told)
    {
        await host.Journal.SetBookmarkAsync(ToldProblem.Bookmark, ToldProblem.Write(told), host.Ct);
        await Rounds.GoRoundAsync(host.Ct);
    }

    /// <summary>As OpsCenter: an open item with the same string of deduplication is the answer to a second one.</summary>
    private JsonElement Create(JsonElement input)
    {
        var key = Json.Parse(input.Member("OperationalData").Member("/aws/dedup").TextOf("Value")!).TextOf("dedupString")!;
        if (center.FirstOrDefault(i => i.Value.Key == key && i.Value.Status is "Open").Key is { } there)
        {
            throw new AwsException(AwsOpsItems.Create, "OpsItemAlreadyExistsException", 400, "", "there is one")
            {
                Members = Json.Object([new("OpsItemId", Json.Text(there))]),
            };
        }

        var id = $"oi-{center.Count + 1:x12}";
        center[id] = (key, "Open", input);
        return isKilled ? throw new KilledException() : Json.Object([new("OpsItemId", Json.Text(id))]);
    }

    private JsonElement Update(JsonElement input)
    {
        if (!center.TryGetValue(input.TextOf("OpsItemId")!, out var item))
        {
            throw FakeAws.Error(AwsOpsItems.Update, "OpsItemNotFoundException", 400);
        }

        center[input.TextOf("OpsItemId")!] = input.TextOf("Status") is { } status
            ? item with { Status = status }
            : item with { Shown = input };
        return Json.EmptyObject;
    }
}
