using System.Runtime.CompilerServices;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.Tests.Playbooks;

public sealed class ResolvedNameTests
{
    private const string Text = """
        summary: Says who may use a stage.
        rules: [API_GW_XRAY_ENABLED]
        resource: AWS::ApiGateway::Stage
        impact: none
        resolve:
          stage: "${split(resource.id, '/')[-1]}"
          title:
            call: x:Find
            with: {Stage: "${resource.stage}"}
            take: Title
        read:
          call: x:Read
          with: {Title: "${resource.title}"}
        want: {On: true}
        write:
          call: x:Write
          with: {Stage: "${resource.stage}", Title: "${resource.title}"}
        manual: Ask.
        """;

    [Fact]
    public async Task A_name_is_cut_out_of_the_id_before_the_calls_that_use_it()
    {
        var playbook = PlaybookReader.Read("x/stage", "stage.yaml", Text);
        var scope = Scope.Empty.With("resource", JsonElement.Parse("""{"id":"arn:aws:apigateway:eu-west-1::/restapis/a1/stages/prod"}"""));

        var planning = await Planner.PlanAsync(playbook, scope, new Titles(), CancellationToken.None);

        var call = Assert.Single(Assert.IsType<Planning.Ready>(planning).Plan.Calls);
        Assert.Equal("""{"Stage":"prod","Title":"Mr prod"}""", call.Input.GetRawText());
    }

    private sealed class Titles : IAws
    {
        public Task<JsonElement> CallAsync(string operation, JsonElement input, CancellationToken ct) =>
            Task.FromResult(
                operation is "x:Find"
                    ? JsonElement.Parse($$"""{"Title":"Mr {{input.GetProperty("Stage").GetString()}}"}""")
                    : JsonElement.Parse("{}"));

        public async IAsyncEnumerable<JsonElement> PagesAsync(
            string operation, JsonElement input, [EnumeratorCancellation] CancellationToken ct)
        {
            yield return await CallAsync(operation, input, ct);
        }
    }
}
