using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Change.Recorded;

/// <summary>The promises of a rollback over the whole path of an event: buckets, drifts and later work made at random.</summary>
public sealed class RollbackProperties
{
    private static readonly Config Many = Samples.Cases(200);

    private static readonly Gen<string> Flag = Gen.Elements("true", "false");

    private static readonly Gen<Settings> Buckets =
        from hasBlock in Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false)))
        from block in Flag.ListOf(4)
        from versioning in Gen.Elements("Enabled", "Suspended")
        from tags in Gen.Elements("", "1", "2").ListOf(3)
        from statements in Gen.Elements("", "1", "2").ListOf(3)
        select new Settings(hasBlock ? [.. block] : ["", "", "", ""], versioning, [.. tags], [.. statements]);

    /// <summary>Each part is that of the first, but for one in a few that is the second's.</summary>
    private static Gen<Settings> Near(Settings first, int one) =>
        from other in Buckets
        from takes in Gen.Choose(0, one).ListOf(11)
        select first.Taking(other, i => takes[i] == 0);

    private static readonly Gen<Case> Cases =
        from good in Buckets
        from bad in Near(good, 3)
        from latest in Near(bad, 9)
        from live in Gen.Frequency((1, Gen.Constant(latest)), (2, Near(latest, 3)))
        select new Case(good, bad, latest, live);

    [Fact]
    public void Drift_goes_back_and_nothing_else_moves_or_nothing_is_written_and_an_undo_is_exact()
    {
        var ends = new Dictionary<string, int>(StringComparer.Ordinal);
        Prop.ForAll(Cases.ToArbitrary(), c =>
        {
            var end = HoldsAsync(c).GetAwaiter().GetResult();
            ends[end] = ends.GetValueOrDefault(end) + 1;
        }).Check(Many);

        var counted = ends.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Value} {e.Key}");
        Console.WriteLine($"rollbacks at random: {string.Join(", ", counted)}");
        Assert.True(ends.GetValueOrDefault("fixed") >= Samples.Of(60), "too few rollbacks");
        Assert.True(ends.GetValueOrDefault("ChangedSince") >= Samples.Of(40) / 10, "too few that stop");
    }

    private static async Task<string> HoldsAsync(Case c)
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync(
            "{defaults: {mode: auto, to: last-compliant}, auto-up-to: [none, brief, cost, access, data], rollback: {quiet: 0s}}");
        var bucket = await host.BucketAsync();
        await c.Live.WriteAsync(host, bucket.Id);
        await c.Good.RecordAsync(host, bucket, -60);
        await c.Bad.RecordAsync(host, bucket, -10);
        await c.Latest.RecordAsync(host, bucket, -5);
        var before = await Settings.ReadAsync(host, bucket.Id);
        var change = Some.Change(await host.CustomRuleAsync("our-baseline"), bucket, host.Now) with
        {
            CompliantBefore = host.Now.AddMinutes(-60),
            OrderedAt = host.Now.AddMinutes(-10),
        };
        host.Fake.Forget();

        var ended = await host.SendAsync(change);

        var incident = await host.IncidentOf(ended);
        var after = await Settings.ReadAsync(host, bucket.Id);
        var drifted = c.Good.Parts.Zip(c.Bad.Parts, (good, bad) => good != bad).ToArray();
        var touched = Enumerable.Range(0, drifted.Length)
            .Any(i => drifted[i] && c.Live.Parts[i] != c.Good.Parts[i] && c.Live.Parts[i] != c.Latest.Parts[i]);
        if (ended.Outcome is "fixed")
        {
            Assert.False(touched, "what somebody changed since was written");
            Assert.Equal(c.Live.Parts.Select((live, i) => drifted[i] ? c.Good.Parts[i] : live), after.Parts);
            AssertOutcome("undone", await host.UndoAsync(ended.Incident));
            Assert.Equal(before.Parts, (await Settings.ReadAsync(host, bucket.Id)).Parts);
            return "fixed";
        }

        Assert.Equal(before.Parts, after.Parts);
        Assert.Empty(host.Changes());
        if (!drifted.Contains(true))
        {
            Assert.Equal(Reason.CauseElsewhere, incident.Reason);
        }
        else if (touched)
        {
            Assert.Equal(Reason.ChangedSince, incident.Reason);
        }
        else if (ended.Outcome is "escalated")
        {
            // Of the statements of a policy, which one took the place of another cannot always be told.
            Assert.Equal(Reason.ChangedSince, incident.Reason);
            Assert.NotEqual(c.Latest.Parts, c.Live.Parts);
        }
        else
        {
            Assert.Equal(c.Good.Parts.Where((_, i) => drifted[i]), c.Live.Parts.Where((_, i) => drifted[i]));
        }

        return ended.Outcome is "escalated" ? $"{incident.Reason}" : ended.Outcome;
    }

    private sealed record Case(Settings Good, Settings Bad, Settings Latest, Settings Live);

    /// <summary>What a bucket is set to, leaf by leaf: the block (all of it or none), versioning, tags, and statements.</summary>
    private sealed record Settings(string[] Block, string Versioning, string[] Tags, string[] Statements)
    {
        private static readonly string[] Names = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];

        public string[] Parts => [.. Block, Versioning, .. Tags, .. Statements];

        /// <summary>A block is taken whole where one of both has none.</summary>
        public Settings Taking(Settings other, Func<int, bool> isTaken)
        {
            var whole = Block[0].Length == 0 || other.Block[0].Length == 0;
            string[] mine = Parts, others = other.Parts;
            string[] parts = [.. mine.Select((part, i) => isTaken(i < 4 && whole ? 0 : i) ? others[i] : part)];
            return new(parts[..4], parts[4], parts[5..8], parts[8..]);
        }

        public async Task WriteAsync(InMemoryHost host, string bucket)
        {
            if (Block[0].Length > 0)
            {
                await host.BlockAsync(bucket, Json.Parse(BlockText(n => n)));
            }

            await host.CallAsync(
                "s3:PutBucketVersioning", $$$"""{"Bucket":"{{{bucket}}}","VersioningConfiguration":{"Status":"{{{Versioning}}}"}}""");
            var tags = Tagged.Select(t => $$"""{"Key":"{{t.Key}}","Value":"{{t.Value}}"}""").ToList();
            if (tags.Count > 0)
            {
                await host.CallAsync(
                    "s3:PutBucketTagging", $$$"""{"Bucket":"{{{bucket}}}","Tagging":{"TagSet":[{{{string.Join(',', tags)}}}]}}""");
            }

            if (Policy is { } policy)
            {
                await host.CallAsync(
                    "s3:PutBucketPolicy", Json.Object([new("Bucket", Json.Text(bucket)), new("Policy", Json.Text(policy))]).GetRawText());
            }
        }

        public Task RecordAsync(InMemoryHost host, ResourceKey bucket, int minutes) => host.RecordItemAsync(
            bucket,
            minutes,
            Json.Object(
            [
                new("PublicAccessBlockConfiguration", Block[0].Length == 0
                    ? Json.Null
                    : Json.Text(BlockText(n => char.ToLowerInvariant(n[0]) + n[1..]))),
                new("BucketVersioningConfiguration", Json.Text($$"""{"status":"{{Versioning}}","isMfaDeleteEnabled":null}""")),
                new("BucketPolicy", Json.Text(Json.Object([new("policyText", Policy is { } p ? Json.Text(p) : Json.Null)]).GetRawText())),
            ]).GetRawText(),
            "{" + string.Join(',', Tagged.Select(t => $"\"{t.Key}\":\"{t.Value}\"")) + "}");

        public static async Task<Settings> ReadAsync(InMemoryHost host, string bucket)
        {
            var key = new ResourceKey(host.Account, host.Region, "AWS::S3::Bucket", bucket);
            var block = await host.BlockAsync(key);
            var versioning = (await host.CallAsync("s3:GetBucketVersioning", $$"""{"Bucket":"{{bucket}}"}""")).TextOf("Status");
            var tags = (await OrNullAsync(host, "s3:GetBucketTagging", bucket)).Member("TagSet");
            var policy = (await OrNullAsync(host, "s3:GetBucketPolicy", bucket)).TextOf("Policy");
            var statements = policy is null ? [] : Json.Parse(policy).Member("Statement").EnumerateArray().ToArray();
            return new(
                [.. Names.Select(n => block.Member(n) is var flag && flag.IsNull() ? "" : flag.GetRawText())],
                versioning ?? "Suspended",
                [.. "abc".Select(k => TextIn(tags.IsList() ? [.. tags.EnumerateArray()] : [], "Key", $"{k}", "Value"))],
                [.. Enumerable.Range(0, 3).Select(n => TextIn(statements, "Sid", $"S{n}", "Resource"))]);
        }

        private static string TextIn(JsonElement[] list, string name, string value, string member) =>
            list.Where(i => i.TextOf(name) == value).Select(i => i.TextOf(member)!).SingleOrDefault("");

        private IEnumerable<(char Key, string Value)> Tagged => "abc".Zip(Tags).Where(t => t.Second.Length > 0);

        private string? Policy => Statements.All(s => s.Length == 0)
            ? null
            : """{"Version":"2012-10-17","Statement":[""" + string.Join(
                ',', Statements.Index().Where(s => s.Item.Length > 0).Select(s => Statement(s.Index, s.Item))) + "]}";

        private static string Statement(int number, string resource) =>
            $$$"""{"Sid":"S{{{number}}}","Effect":"Allow","Principal":{"AWS":"1"},"Action":"s3:Get","Resource":"{{{resource}}}"}""";

        private string BlockText(Func<string, string> named) =>
            "{" + string.Join(',', Names.Zip(Block, (name, flag) => $"\"{named(name)}\":{flag}")) + "}";

        private static async Task<JsonElement> OrNullAsync(InMemoryHost host, string operation, string bucket)
        {
            try
            {
                return await host.CallAsync(operation, $$"""{"Bucket":"{{bucket}}"}""");
            }
            catch (Remediator.Aws.AwsException e) when (e.Status == 404)
            {
                return Json.Null;
            }
        }
    }
}
