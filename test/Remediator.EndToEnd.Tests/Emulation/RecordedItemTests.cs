using System.Text.Json;
using Remediator.Aws;
using Remediator.Change.Recorded;
using Remediator.Emulator;
using Remediator.EndToEnd.Tests.Playbooks;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Emulation;

/// <summary>What the layer records of the emulator's resources has the same members as AWS Config's items of real resources.</summary>
[Collection(Remediator.EndToEnd.Tests.Playbooks.OnTheEmulator.Name)]
[Trait("Category", "Emulator")]
public sealed class RecordedItemTests(Emulated emulated)
{
    private const string Region = "us-east-1";

    private static readonly string Folder = Repository.At("test", "Remediator.EndToEnd.Tests", "Emulation", "Recorded");

    [Fact]
    public async Task Members_have_the_names_that_real_items_have()
    {
        var account = emulated.NewAccount();
        var items = await RecordAsync(account);
        var real = RecordedMembers.RealItems();

        Assert.Equal(RecordedMembers.Types.Order(StringComparer.Ordinal), items.Keys.Order(StringComparer.Ordinal));
        Assert.All(items, pair =>
        {
            var (type, item) = pair;
            var names = RecordedMembers.Of(item);
            Assert.NotEmpty(names);
            Assert.Empty(names.Except(RecordedMembers.Known(type)).Select(name => $"{type}: {name}"));
            if (real is not null)
            {
                var known = real[type].SelectMany(RecordedMembers.Of).ToHashSet(StringComparer.Ordinal);
                Assert.Empty(names.Except(known).Except(RecordedMembers.KnownElsewhere(type)).Select(name => $"{type}: {name}"));
                Assert.Empty(RecordedMembers.OfRealItems(type).Except(known).Select(name => $"members.txt, {type}: {name}"));
            }
        });
    }

    [Fact]
    public async Task Values_stand_in_the_forms_that_Config_gives_them()
    {
        var account = emulated.NewAccount();
        var items = await RecordAsync(account);

        Assert.All(items.Values, item => Assert.Equal(JsonValueKind.String, item.Member("configuration").ValueKind));
        Assert.All(items.Values, item => Assert.Equal(account, item.TextOf("accountId")));
        Assert.All(items.Values, item => Assert.StartsWith("arn:aws:", item.TextOf("arn"), StringComparison.Ordinal));
        Assert.StartsWith("\"{\\\"", Supplementary("AWS::S3::Bucket").TextOf("AccessControlList"), StringComparison.Ordinal);
        Assert.Equal("false", Supplementary("AWS::S3::Bucket").TextOf("IsRequesterPaysEnabled"));
        Assert.Equal("false", Supplementary("AWS::KMS::Key").TextOf("KeyRotationStatus"));
        Assert.StartsWith("%7B%22", Configuration("AWS::IAM::Role").TextOf("assumeRolePolicyDocument"), StringComparison.Ordinal);
        Assert.Equal("30", Configuration("AWS::SQS::Queue").TextOf("VisibilityTimeout"));
        Assert.Equal("10.0.0.0/8", Configuration("AWS::EC2::SecurityGroup").Member("ipPermissions")[0].Member("ipRanges")[0].GetString());
        Assert.Equal(JsonValueKind.Number, Configuration("AWS::DynamoDB::Table").Member("creationDateTime").ValueKind);
        // Members that moto loses and a rule of the layer adds are recorded too.
        Assert.Equal("Active", Configuration("AWS::Lambda::Function").Member("tracingConfig").TextOf("mode"));
        Assert.DoesNotContain("secret", items["AWS::Lambda::Function"].GetRawText(), StringComparison.Ordinal);
        Assert.All(["AWS::S3::Bucket", "AWS::IAM::Role", "AWS::RDS::DBInstance", "AWS::SNS::Topic"], type =>
            Assert.Equal("blue", items[type].Member("tags").TextOf("team")));
        Assert.All(items.Values, item => Assert.Equal(ItemStatus.Recorded, ConfigurationItemReader.Read(item).Status));

        JsonElement Configuration(string type) => Json.Parse(items[type].TextOf("configuration")!);
        JsonElement Supplementary(string type) => items[type].Member("supplementaryConfiguration");
    }

    [Fact]
    public async Task A_type_that_the_layer_does_not_know_is_named()
    {
        var fault = await Assert.ThrowsAsync<EmulatorException>(() => emulated.Moto.Layer.RecordAsync(
            emulated.NewAccount(), Region, "AWS::Example::Thing", "one", DateTimeOffset.UnixEpoch, CancellationToken.None));

        Assert.Contains("AWS::Example::Thing", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_not_recorded()
    {
        var fault = await Assert.ThrowsAsync<EmulatorException>(() => emulated.Moto.Layer.RecordAsync(
            emulated.NewAccount(), Region, "AWS::S3::Bucket", "no-such-bucket", DateTimeOffset.UnixEpoch, CancellationToken.None));

        Assert.Contains("NoSuchBucket", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>An item of each type that the layer knows, as the API returns it.</summary>
    private async Task<Dictionary<string, JsonElement>> RecordAsync(string account)
    {
        var run = new RuleCaseRun(emulated, account, Region);
        var problem = await run.ProblemAsync(RuleCase.Read(Path.Combine(Folder, "resources.yaml")), CancellationToken.None);
        Assert.True(problem is null, problem);

        var items = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var told in run.Statements)
        {
            var (type, id) = (told.TextOf("type")!, told.TextOf("id")!);
            // All were recorded on that day; a query up to now would need a page for every week since.
            var output = await emulated.Accounts.For(account, Region).SendAsync("config:GetResourceConfigHistory", new()
            {
                ["resourceType"] = type,
                ["resourceId"] = id,
                ["laterTime"] = "2026-11-21T00:00:00Z",
            }, CancellationToken.None);
            items[type] = Assert.Single(output.Member("configurationItems").EnumerateArray());
        }

        return items;
    }
}
