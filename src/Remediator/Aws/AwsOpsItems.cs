using System.Text.Json;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Aws;

/// <summary>OpsCenter through the model-driven client, with the account's role.</summary>
internal sealed class AwsOpsItems(IAwsAccounts accounts, string account, string region) : IOpsItems
{
    public const string Create = "ssm:CreateOpsItem";
    public const string Update = "ssm:UpdateOpsItem";

    private const string By = "Remediator";

    // CreateOpsItem's own bounds.
    private const int LongestTitle = 1024;
    private const int LongestDescription = 2048;

    /// <summary>It can do nothing but this.</summary>
    private static readonly RoleSession Session = new(By)
    {
        Policy = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["{{Create}}","{{Update}}"],"Resource":"*"}]}""",
    };

    private IAws Aws => accounts.For(account, region, Session);

    public async Task<string> OpenAsync(OpsItem item, CancellationToken ct)
    {
        try
        {
            var made = await Aws.CallAsync(Create, Json.Object([new("Source", Json.Text(By)), Deduplicated(item), .. Shown(item)]), ct);
            return Id(made) ?? throw new AwsException(Create, "NoOpsItem", 200, "", "The answer names no OpsItem.");
        }
        catch (AwsException e) when (e.Code is "OpsItemAlreadyExistsException" && Id(e.Members) is { } earlier)
        {
            // Whoever made it was stopped before its id was noted.
            return earlier;
        }
    }

    public Task UpdateAsync(string id, OpsItem item, CancellationToken ct) => ChangeAsync(id, Shown(item), ct);

    public Task ResolveAsync(string id, CancellationToken ct) => ChangeAsync(id, [new("Status", Json.Text("Resolved"))], ct);

    private async Task ChangeAsync(string id, IEnumerable<KeyValuePair<string, JsonElement>> what, CancellationToken ct)
    {
        try
        {
            await Aws.CallAsync(Update, Json.Object([new("OpsItemId", Json.Text(id)), .. what]), ct);
        }
        catch (AwsException e) when (e.Code is "OpsItemNotFoundException")
        {
            // Somebody deleted it, and there is nothing to bring up to date.
        }
    }

    private static string? Id(JsonElement answer) => answer.TextOf("OpsItemId") is { Length: > 0 } id ? id : null;

    private static IEnumerable<KeyValuePair<string, JsonElement>> Shown(OpsItem item) =>
    [
        new("Title", Json.Text(item.Title.Cut(LongestTitle))),
        new("Description", Json.Text(item.Description.Cut(LongestDescription))),
        new("Severity", Json.Text(Level(item.Severity))),
        new("Category", Json.Text("Security")),
    ];

    private static KeyValuePair<string, JsonElement> Deduplicated(OpsItem item) => new("OperationalData", Json.Object([
        new("/aws/dedup", Json.Object([
            new("Type", Json.Text("SearchableString")),
            new("Value", Json.Text(Json.Object([new("dedupString", Json.Text(item.Key))]).GetRawText())),
        ])),
    ]));

    private static string Level(Severity severity) => severity switch
    {
        Severity.Critical => "1",
        Severity.Error => "2",
        Severity.Warning => "3",
        _ => "4",
    };
}
