using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws;
using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Cli.Demo.Drifts;

/// <summary>The same rule, and a guard of the playbook: a website would go dark, so a person is asked.</summary>
internal sealed class WebsiteBucket : Drift
{
    public override string Title => "A bucket that serves a website";

    public override string RuleName => "s3-bucket-level-public-access-prohibited";

    public override string Rule => "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED";

    public override string Type => "AWS::S3::Bucket";

    public override IncidentState Ends => IncidentState.AwaitingApproval;

    public override async Task<string> SeedAsync(IAws aws, CancellationToken ct)
    {
        await aws.SendAsync("s3:CreateBucket", new() { ["Bucket"] = "shop-website" }, ct);
        await aws.SendAsync("s3:PutBucketWebsite", new()
        {
            ["Bucket"] = "shop-website",
            ["WebsiteConfiguration"] = new JsonObject { ["IndexDocument"] = new JsonObject { ["Suffix"] = "index.html" } },
        }, ct);
        return "shop-website";
    }

    public override Task<JsonElement> ReadAsync(IAws aws, string id, CancellationToken ct) => PublicBucket.BlockAsync(aws, id, ct);

    /// <summary>Nothing may have been changed.</summary>
    public override bool IsRight(JsonElement live) => live.IsNull();
}
