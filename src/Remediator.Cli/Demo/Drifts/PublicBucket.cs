using System.Text.Json;
using Remediator.Aws;
using Remediator.Emulator;
using Remediator.Values;

namespace Remediator.Cli.Demo.Drifts;

internal sealed class PublicBucket : Drift
{
    public override string Title => "A bucket that may be made public";

    public override string RuleName => "s3-bucket-level-public-access-prohibited";

    public override string Rule => "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED";

    public override string Type => "AWS::S3::Bucket";

    public override async Task<string> SeedAsync(IAws aws, CancellationToken ct)
    {
        await aws.SendAsync("s3:CreateBucket", new() { ["Bucket"] = "shop-invoices" }, ct);
        return "shop-invoices";
    }

    public override Task<JsonElement> ReadAsync(IAws aws, string id, CancellationToken ct) => BlockAsync(aws, id, ct);

    public override bool IsRight(JsonElement live) =>
        live.IsObject() && live.EnumerateObject().Count(m => m.Value.ValueKind is JsonValueKind.True) == 4;

    public static async Task<JsonElement> BlockAsync(IAws aws, string bucket, CancellationToken ct)
    {
        try
        {
            var output = await aws.SendAsync("s3:GetPublicAccessBlock", new() { ["Bucket"] = bucket }, ct);
            return output.Member("PublicAccessBlockConfiguration");
        }
        catch (AwsException e) when (e.Code is "NoSuchPublicAccessBlockConfiguration")
        {
            return Json.Null;
        }
    }
}
