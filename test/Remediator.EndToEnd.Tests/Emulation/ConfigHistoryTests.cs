using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws;
using Remediator.Change.Recorded;
using Remediator.Emulator;
using Remediator.EndToEnd.Tests.Playbooks;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Emulation;

/// <summary>AWS Config's history as the layer returns it, read with the product's own client.</summary>
[Collection(Remediator.EndToEnd.Tests.Playbooks.OnTheEmulator.Name)]
[Trait("Category", "Emulator")]
public sealed class ConfigHistoryTests(Emulated emulated)
{
    private const string Region = "us-east-1";
    private const string Type = "AWS::S3::Bucket";

    /// <summary>Recent: a query without an end runs up to now, in pages of seven days.</summary>
    private static readonly DateTimeOffset Day = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(-40), TimeSpan.Zero);

    private readonly string _account = emulated.NewAccount();

    private AwsLikeLayer Layer => emulated.Moto.Layer;

    [Fact]
    public async Task A_page_has_ten_items_or_as_many_as_are_asked_for()
    {
        await PutAsync("orders", Enumerable.Range(0, 12).Select(hour => Day.AddHours(hour)));

        Assert.Equal([10, 2], (await PagesAsync(new() { ["laterTime"] = Seconds(1) })).Select(p => p.Length));
        Assert.Equal([5, 5, 2], (await PagesAsync(new() { ["laterTime"] = Seconds(1), ["limit"] = 5 })).Select(p => p.Length));
        Assert.Equal([12], (await PagesAsync(new() { ["laterTime"] = Seconds(1), ["limit"] = 100 })).Select(p => p.Length));
    }

    [Fact]
    public async Task Items_come_in_the_order_that_is_asked_for_over_all_pages()
    {
        var times = Enumerable.Range(0, 30).Select(day => Day.AddDays(day)).ToArray();
        await PutAsync("orders", times);

        var reverse = await PagesAsync(new() { ["laterTime"] = Seconds(30), ["limit"] = 3 });
        var forward = await PagesAsync(new() { ["laterTime"] = Seconds(30), ["limit"] = 3, ["chronologicalOrder"] = "Forward" });

        Assert.Equal(times.Reverse(), reverse.SelectMany(p => p));
        Assert.Equal(times, forward.SelectMany(p => p));
    }

    [Fact]
    public async Task Seven_days_without_an_item_are_an_empty_page_with_a_token()
    {
        await PutAsync("orders", [Day, Day.AddDays(1)]);

        var pages = await PagesAsync(new() { ["laterTime"] = Seconds(20) });

        Assert.Equal([0, 0, 2], pages.Select(p => p.Length));
        Assert.Equal([Day.AddDays(1), Day], await CapturedAsync("orders", Day.AddDays(-1)));
    }

    [Fact]
    public async Task Only_what_lies_in_the_time_range_is_answered_its_ends_included()
    {
        await PutAsync("orders", Enumerable.Range(0, 20).Select(day => Day.AddDays(day)));

        var reverse = await PagesAsync(new() { ["earlierTime"] = Seconds(3), ["laterTime"] = Seconds(12) });
        var forward = await PagesAsync(
            new() { ["earlierTime"] = Seconds(3), ["laterTime"] = Seconds(12), ["chronologicalOrder"] = "Forward" });

        Assert.Equal(Enumerable.Range(3, 10).Reverse().Select(day => Day.AddDays(day)), reverse.SelectMany(p => p));
        Assert.Equal(Enumerable.Range(3, 10).Select(day => Day.AddDays(day)), forward.SelectMany(p => p));
    }

    [Fact]
    public async Task Page_token_is_valid_for_its_own_query_only()
    {
        await PutAsync("orders", [Day]);
        await PutAsync("returns", [Day]);
        var first = await AskAsync("orders", new() { ["laterTime"] = Seconds(20) });

        var fault = await Assert.ThrowsAsync<AwsException>(() => AskAsync("returns", new()
        {
            ["laterTime"] = Seconds(20),
            ["nextToken"] = first.TextOf("nextToken"),
        }));

        Assert.Equal("InvalidNextTokenException", fault.Code);
    }

    [Fact]
    public async Task An_item_is_of_one_account_and_region()
    {
        await PutAsync("orders", [Day]);

        Assert.Empty(await new AwsConfigHistory(emulated.Accounts)
            .ItemsAsync(_account, "eu-west-1", Type, "orders", Day, CancellationToken.None).ToListAsync());
        Assert.Empty(await new AwsConfigHistory(emulated.Accounts)
            .ItemsAsync(emulated.NewAccount(), Region, Type, "orders", Day, CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task A_deleted_resource_ends_with_an_item_that_says_so_and_no_more()
    {
        var bucket = $"deleted-{_account}";
        var aws = emulated.Accounts.For(_account, Region);
        await aws.SendAsync("s3:CreateBucket", new() { ["Bucket"] = bucket }, CancellationToken.None);
        var made = await Layer.RecordAsync(_account, Region, Type, bucket, Day, "ResourceDiscovered", CancellationToken.None);
        await aws.SendAsync("s3:DeleteBucket", new() { ["Bucket"] = bucket }, CancellationToken.None);
        var gone = await Layer.RecordAsync(_account, Region, Type, bucket, Day.AddDays(1), "ResourceDeleted", CancellationToken.None);

        var items = await ItemsAsync(bucket, Day);

        Assert.Equal([gone.StateId, made.StateId], items.Select(i => i.TextOf("configurationStateId")));
        Assert.True(long.Parse(gone.StateId, null) > long.Parse(made.StateId, null));
        Assert.Equal([ItemStatus.Deleted, ItemStatus.Recorded], items.Select(i => ConfigurationItemReader.Read(i).Status));
        Assert.Equal($"arn:aws:s3:::{bucket}", items[0].TextOf("arn"));
        Assert.True(items[0].Member("configuration").IsNull());
    }

    /// <summary>Snapshots and events of rules have other member names, and objects in place of JSON texts; the API has one form.</summary>
    [Fact]
    public async Task An_item_of_a_snapshot_is_answered_in_the_form_of_the_API_with_its_values_as_they_are()
    {
        var recorded = JsonNode.Parse("""
            {
              "configurationItemVersion": "1.3", "configurationStateId": 1770957722562,
              "awsAccountId": "123456789012", "configurationItemStatus": "OK",
              "resourceType": "AWS::S3::Bucket", "resourceId": "orders",
              "ARN": "arn:aws:s3:::orders", "awsRegion": "us-east-1", "configurationStateMd5Hash": "", "tags": {"team": "blue"},
              "relationships": [{"resourceId": "vpc-1", "resourceType": "AWS::EC2::VPC", "name": "Is contained in Vpc"}],
              "configuration": {"password": "******"}, "supplementaryConfiguration": {"Tags": [{"key": "team", "value": "blue"}]}
            }
            """)!.AsObject();
        recorded["configurationItemCaptureTime"] = $"{Day.UtcDateTime:s}.562Z";
        await Layer.PutItemAsync(_account, Region, recorded, CancellationToken.None);

        var item = Assert.Single(await ItemsAsync("orders", Day));

        Assert.Equal("123456789012", item.TextOf("accountId"));
        Assert.Equal("arn:aws:s3:::orders", item.TextOf("arn"));
        Assert.Equal("1770957722562", item.TextOf("configurationStateId"));
        Assert.Equal("""{"password":"******"}""", item.TextOf("configuration"));
        Assert.Equal("""[{"key":"team","value":"blue"}]""", item.Member("supplementaryConfiguration").TextOf("Tags"));
        Assert.Equal("Is contained in Vpc", item.Member("relationships")[0].TextOf("relationshipName"));
        Assert.Equal(Day.AddMilliseconds(562), ConfigurationItemReader.Read(item).CapturedAt);
    }

    [Fact]
    public async Task The_compliance_timeline_has_the_results_of_each_rule()
    {
        RuleResult[] rules = [new("ours", "arn:a", "COMPLIANT"), new("others", "arn:b", "NON_COMPLIANT")];
        await Layer.RecordComplianceAsync(_account, Region, Type, "orders", Day, rules, CancellationToken.None);

        var item = ConfigurationItemReader.Read(Assert.Single(await new AwsConfigHistory(emulated.Accounts)
            .ItemsAsync(_account, Region, "AWS::Config::ResourceCompliance", $"{Type}/orders", Day, CancellationToken.None).ToListAsync()));
        var configuration = item.Document.Member("configuration");

        Assert.Equal("NON_COMPLIANT", configuration.TextOf("complianceType"));
        Assert.Equal("orders", configuration.TextOf("targetResourceId"));
        Assert.Equal(
            ["ours COMPLIANT", "others NON_COMPLIANT"],
            configuration.Member("configRuleList").EnumerateArray().Select(
                r => $"{r.TextOf("configRuleName")} {r.TextOf("complianceType")}"));
    }

    private static double Seconds(int days) => Day.AddDays(days).ToUnixTimeSeconds();

    private async Task PutAsync(string id, IEnumerable<DateTimeOffset> times)
    {
        foreach (var time in times)
        {
            await Layer.PutItemAsync(_account, Region, new()
            {
                ["resourceType"] = Type,
                ["resourceId"] = id,
                ["configurationItemStatus"] = "OK",
                ["configurationItemCaptureTime"] = time.ToUnixTimeSeconds(),
                ["configuration"] = new JsonObject { ["name"] = id },
            }, CancellationToken.None);
        }
    }

    private Task<JsonElement> AskAsync(string id, JsonObject with)
    {
        with["resourceType"] = Type;
        with["resourceId"] = id;
        return emulated.Accounts.For(_account, Region).SendAsync("config:GetResourceConfigHistory", with, CancellationToken.None);
    }

    /// <summary>The capture times of the items of each page.</summary>
    private async Task<List<DateTimeOffset[]>> PagesAsync(JsonObject with)
    {
        var pages = new List<DateTimeOffset[]>();
        string? token = null;
        do
        {
            with["nextToken"] = token;
            var page = await AskAsync("orders", with);
            pages.Add([.. page.Member("configurationItems").EnumerateArray().Select(i => ConfigurationItemReader.Read(i).CapturedAt)]);
            token = page.TextOf("nextToken");
        }
        while (token is not null);
        return pages;
    }

    private async Task<List<JsonElement>> ItemsAsync(string id, DateTimeOffset since) =>
        await new AwsConfigHistory(emulated.Accounts).ItemsAsync(_account, Region, Type, id, since, CancellationToken.None).ToListAsync();

    private async Task<IEnumerable<DateTimeOffset>> CapturedAsync(string id, DateTimeOffset since) =>
        (await ItemsAsync(id, since)).Select(i => ConfigurationItemReader.Read(i).CapturedAt);
}
