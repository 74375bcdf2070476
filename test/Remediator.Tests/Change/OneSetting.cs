using System.Runtime.CompilerServices;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>A playbook with one setting, and a service that stores it: no journal, no network, no policy.</summary>
internal sealed class OneSetting(string? live) : IAws
{
    private const string Head = """
        summary: Sets it.
        rules: X_RULE
        resource: AWS::X::Thing
        impact: none
        manual: Ask.

        """;

    private static readonly string Wanted = Head + """
        read:
          call: x:Read
          take: Setting
        want: {On: true, Level: 3}
        write:
          call: x:Write
          with: {Setting: "${target}"}
        clear:
          call: x:Clear
        ignore: [Etag]

        """;

    private static readonly string Removing = Head + """
        read:
          call: x:Read
          take: Setting
        remove: "state[?Open]"
        write:
          call: x:Remove
          with: {Items: "${items}"}
        undo:
          call: x:Add
          with: {Items: "${items}"}

        """;

    public static Playbook Wants { get; } = PlaybookReader.Read("x/setting", "x/setting.yaml", Wanted);

    public static Playbook Removes { get; } = PlaybookReader.Read("x/items", "x/items.yaml", Removing);

    /// <summary>The service's value; null if nothing is set.</summary>
    public JsonElement Live { get; set; } = live is null ? Json.Null : Json.Parse(live);

    public List<string> Calls { get; } = [];

    public Task<JsonElement> CallAsync(string operation, JsonElement input, CancellationToken ct)
    {
        if (operation is "x:Read")
        {
            return Task.FromResult(Json.Object([KeyValuePair.Create("Setting", Live)]));
        }

        Calls.Add($"{operation} {input.GetRawText()}");
        Live = operation switch
        {
            "x:Write" => input.Member("Setting"),
            "x:Clear" => Json.Null,
            _ => Live,
        };
        return Task.FromResult(Json.EmptyObject);
    }

    public async IAsyncEnumerable<JsonElement> PagesAsync(
        string operation, JsonElement input, [EnumeratorCancellation] CancellationToken ct)
    {
        yield return await CallAsync(operation, input, ct);
    }

    public static PlannedChange Changed(Playbook playbook, StepPlan step) =>
        new()
        {
            Plan = new([step]),
            Inputs = Json.EmptyObject,
            Playbook = playbook.Name,
            PlaybookHash = PlaybookLibrary.HashOf(playbook.Source),
        };
}
