using System.Collections.Concurrent;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Moq;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Testing;
using Remediator.Testing.Record;

namespace Remediator.Tests.Record;

/// <summary>Which partitions of the aggregate are read, and over what an item of it is put.</summary>
public sealed class DigestItemTests
{
    private readonly TestClock clock = new();
    private readonly Mock<IAmazonDynamoDB> dynamo = new();
    private readonly ConcurrentBag<QueryRequest> asked = [];
    private readonly List<PutItemRequest> put = [];

    private DateTimeOffset Now => clock.GetUtcNow();

    private DynamoDigests Digests => new(dynamo.Object, new("journal"), new FixedKey("journal"), clock);

    [Theory]
    [InlineData(0, 8, "ended#2026-10-02#0")]
    [InlineData(-1, 16, "ended#2026-10-01#0")]
    [InlineData(-799, 6400, "ended#2024-07-25#0")]
    [InlineData(-800, 6408, "ended#2024-07-24#0")]
    [InlineData(-801, 6408, "ended#2024-07-24#0")]
    [InlineData(1, 0, null)]
    public async Task Days_from_then_on_are_read_as_far_back_as_anything_is_kept(int days, int partitions, string? first)
    {
        Answers();

        Assert.Empty((await Digests.EndedAsync(Now.AddDays(days), default)).Items);

        var read = asked.Select(q => q.ExpressionAttributeValues[":pk"].S).Order(StringComparer.Ordinal).ToList();
        Assert.Equal((partitions, first), (read.Distinct().Count(), read.FirstOrDefault()));
        Assert.Equal(partitions, read.Count);
        Assert.All(asked, q => Assert.Equal(("journal", true, null), (q.TableName, q.ScanIndexForward, q.Limit)));
    }

    [Fact]
    public async Task Of_what_was_opened_on_the_day_only_what_was_opened_since_counts_in_the_order_of_ids()
    {
        var (early, at, late) = (Ended("a", Now.AddSeconds(-1)), Ended("b", Now), Ended("c", Now.AddSeconds(1)));
        Answers(Item(late), Item(early), Item(at));

        var ended = await Digests.EndedAsync(Now, default);

        Assert.Equal([at.Id, late.Id], ended.Items.Select(d => d.Id));
        Assert.Equal(0, ended.Unbelieved);
    }

    [Fact]
    public async Task Pages_are_read_to_the_last_and_an_item_that_is_no_digest_is_none()
    {
        var (first, second, broken) = (Ended("a", Now), Ended("b", Now), Item(Ended("c", Now)));
        broken["digest"] = new("not");
        (await new FixedKey("journal").SealAsync(default))!.Set(broken);
        dynamo.Setup(d => d.QueryAsync(It.IsAny<QueryRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((QueryRequest request, CancellationToken _) =>
                !request.ExpressionAttributeValues[":pk"].S.EndsWith("#3", StringComparison.Ordinal) ? new()
                : request.ExclusiveStartKey is null ? new() { Items = [Item(first)], LastEvaluatedKey = new() { ["pk"] = new("a") } }
                : new() { Items = [Item(second), broken], LastEvaluatedKey = [] });

        var ended = await Digests.EndedAsync(Now, default);

        Assert.Equal(new[] { first.Id, second.Id }.Order(StringComparer.Ordinal), ended.Items.Select(d => d.Id));
        Assert.Equal(1, ended.Unbelieved);
    }

    [Fact]
    public async Task Newest_changes_of_a_rule_are_asked_for_from_the_end_and_no_more_than_that()
    {
        var items = Enumerable.Range(0, 4).Select(n => Item(Ended($"bucket-{n}", Now.AddSeconds(n)), 1)).ToArray();
        items[3].Remove(ItemSeal.Attribute);
        Answers([.. items.AsEnumerable().Reverse()]);

        var changed = await Digests.ChangedAsync("some-rule", 3, default);

        Assert.Equal([items[2]["id"].S, items[1]["id"].S], changed.Items.Select(d => d.Id));
        Assert.Equal(1, changed.Unbelieved);
        Assert.Equal(
            Enumerable.Range(0, 8).Select(n => $"rule#some-rule#{n}"),
            asked.Select(q => q.ExpressionAttributeValues[":pk"].S).Order(StringComparer.Ordinal));
        Assert.All(asked, q => Assert.Equal((false, 3), (q.ScanIndexForward, q.Limit)));
    }

    [Fact]
    public async Task Incidents_of_a_rollout_are_all_read()
    {
        var (good, forged) = (Item(Ended("a", Now)), Item(Ended("b", Now)));
        forged["digest"] = new("{}");
        Answers(good, forged);

        var found = await Digests.RolledOutAsync("a-rollout", default);

        Assert.Equal(good["id"].S, Assert.Single(found.Items).Id);
        Assert.Equal(1, found.Unbelieved);
        Assert.Equal(
            Enumerable.Range(0, 8).Select(n => $"rollout#a-rollout#{n}"),
            asked.Select(q => q.ExpressionAttributeValues[":pk"].S).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("nothing", "attribute_not_exists(pk)")]
    [InlineData("unsealed", "attribute_not_exists(mac)")]
    [InlineData("older", "mac = :mac")]
    [InlineData("otherwise", "mac = :mac")]
    [InlineData("the same", null)]
    [InlineData("newer", null)]
    public async Task Item_is_put_over_what_was_read_there_and_nothing_else(string there, string? condition)
    {
        var incident = Ended("a", Now) with { Version = 4 };
        var item = there switch
        {
            "older" => Item(incident with { Version = 3 }),
            "newer" => Item(incident with { Version = 5 }),
            "otherwise" => Item(incident with { Reason = Reason.Failed }),
            "nothing" => [],
            _ => Item(incident),
        };
        if (there is "unsealed")
        {
            item.Remove(ItemSeal.Attribute);
        }

        IsThere(item);

        var rebuilt = await Digests.RebuildAsync(new[] { incident }.ToAsyncEnumerable(), _ => { }, default);

        Assert.Equal((1, condition is null ? 0 : 1), (rebuilt.Incidents, rebuilt.Written));
        Assert.Equal(condition, put.SingleOrDefault()?.ConditionExpression);
        if (condition is "mac = :mac")
        {
            Assert.Same(item[ItemSeal.Attribute], put[0].ExpressionAttributeValues[":mac"]);
        }
        else
        {
            Assert.Null(put.SingleOrDefault()?.ExpressionAttributeValues);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Incident_that_is_saved_anew_meanwhile_stands(bool meetsTransaction)
    {
        IsThere([]);
        dynamo.Setup(d => d.PutItemAsync(It.IsAny<PutItemRequest>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(meetsTransaction ? new TransactionConflictException("") : new ConditionalCheckFailedException(""));

        var rebuilt = await Digests.RebuildAsync(new[] { Ended("a", Now) }.ToAsyncEnumerable(), _ => { }, default);

        Assert.Equal((1, 0), (rebuilt.Incidents, rebuilt.Written));
    }

    [Fact]
    public async Task Rebuilding_says_how_far_it_is_each_five_hundred()
    {
        IsThere([]);
        var said = new ConcurrentBag<int>();

        var rebuilt = await Digests.RebuildAsync(
            Enumerable.Range(0, 1001).Select(n => Ended($"bucket-{n}", Now)).ToAsyncEnumerable(), said.Add, default);

        Assert.Equal((1001, 1001), (rebuilt.Incidents, rebuilt.Written));
        Assert.Equal([500, 1000], said.Order());
        Assert.Empty(rebuilt.Unreadable);
    }

    [Fact]
    public async Task Rebuilding_names_what_cannot_be_read_after_all_others()
    {
        IsThere([]);

        var rebuilt = await Digests.RebuildAsync(WithUnreadableAsync(), _ => { }, default);

        Assert.Equal((1, 1), (rebuilt.Incidents, rebuilt.Written));
        Assert.Equal(["an-id"], rebuilt.Unreadable);

        async IAsyncEnumerable<Incident> WithUnreadableAsync()
        {
            yield return Ended("a", Now);
            await Task.CompletedTask;
            throw new UnreadableIncidentException(["an-id"], new InvalidDataException("it has no detail."));
        }
    }

    [Fact]
    public async Task Work_that_is_given_up_ends()
    {
        Answers();
        IsThere([]);
        var over = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Digests.EndedAsync(Now, over));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Digests.RebuildAsync(new[] { Ended("a", Now) }.ToAsyncEnumerable(), _ => { }, over));
        Assert.Empty(asked);
        Assert.Empty(put);
    }

    [Fact]
    public async Task Rebuilding_needs_the_key()
    {
        var without = new DynamoDigests(dynamo.Object, new("journal"), new NoKey(), clock);

        var error = await Assert.ThrowsAsync<UnsealedItemException>(
            () => without.RebuildAsync(new[] { Ended("a", Now) }.ToAsyncEnumerable(), _ => { }, default));

        Assert.Equal("The journal's key is not at hand: nothing can be written.", error.Message);
    }

    [Theory]
    [InlineData("fixed", "rule#")]
    [InlineData("undone", "rule#")]
    [InlineData("fixed in a rollout", "rollout# rule#")]
    [InlineData("escalated in a rollout", "rollout#")]
    [InlineData("open in a rollout", "")]
    public async Task Incident_lies_under_its_rule_where_it_was_changed_and_under_its_rollout_where_something_came_of_it(
        string what, string partitions)
    {
        IsThere([]);
        var course = what switch
        {
            "undone" => new Course { Undone = 1 },
            "escalated in a rollout" => new() { Escalated = Reason.Failed },
            "open in a rollout" => new(),
            _ => new() { Fixes = 1 },
        };
        var incident = Ended("a", Now) with
        {
            Course = course,
            Terms = new() { Rollout = what.Contains("rollout", StringComparison.Ordinal) ? "a-rollout" : null },
        };

        await Digests.RebuildAsync(new[] { incident }.ToAsyncEnumerable(), _ => { }, default);

        Assert.Equal(
            $"ended# {partitions}".TrimEnd(),
            string.Join(' ', put.Select(p => p.Item["pk"].S.Split('#')[0] + '#').Order(StringComparer.Ordinal)));
        Assert.Equal(put.Count, Digests.Writes(incident).Count());
        Assert.Equal(put.Count - 1, Digests.Writes(incident with { State = IncidentState.Fixed }).Count());
    }

    /// <summary>In one partition all of them, in the others none.</summary>
    private void Answers(params Dictionary<string, AttributeValue>[] items) =>
        dynamo.Setup(d => d.QueryAsync(It.IsAny<QueryRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((QueryRequest request, CancellationToken _) =>
            {
                asked.Add(request);
                var hasThem = request.ExpressionAttributeValues[":pk"].S.EndsWith("#3", StringComparison.Ordinal);
                return new() { Items = hasThem ? [.. items] : null };
            });

    private void IsThere(Dictionary<string, AttributeValue> item)
    {
        dynamo.Setup(d => d.GetItemAsync(It.IsAny<GetItemRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((GetItemRequest request, CancellationToken _) => new() { Item = request.ConsistentRead is true ? item : null });
        dynamo.Setup(d => d.PutItemAsync(It.IsAny<PutItemRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((PutItemRequest request, CancellationToken _) =>
            {
                lock (put)
                {
                    put.Add(request);
                }

                return new();
            });
    }

    private static Incident Ended(string bucket, DateTimeOffset openedAt) =>
        Some.Incident(Some.Bucket(bucket), recordedAt: openedAt, now: openedAt) with { State = IncidentState.Closed };

    private Dictionary<string, AttributeValue> Item(Incident incident, int fixes = 0)
    {
        var changed = fixes > 0 ? incident with { Course = new() { Fixes = fixes } } : incident;
        var item = Digests.Writes(changed).First().Put.Item;
        new FixedKey("journal").SealAsync(default).AsTask().Result!.Set(item);
        return item;
    }
}
