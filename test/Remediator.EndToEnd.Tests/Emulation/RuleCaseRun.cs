using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws;
using Remediator.Change;
using Remediator.EndToEnd.Tests.Playbooks;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Emulation;

/// <summary>Makes the calls of a case in a separate account.</summary>
internal sealed class RuleCaseRun(Emulated emulated, string account, string region)
{
    private readonly IAws _aws = emulated.Accounts.For(account, region);
    private readonly List<JsonElement> _statements = [];

    private Scope _scope = Scope.Empty.With("account", Json.Parse($$"""{"id":"{{account}}","region":"{{region}}","partition":"aws"}"""));

    /// <summary>The commands to the layer so far.</summary>
    public IReadOnlyList<JsonElement> Statements => _statements;

    /// <summary>The difference from what the case expects, or null.</summary>
    public async Task<string?> ProblemAsync(RuleCase @case, CancellationToken ct)
    {
        foreach (var call in @case.Calls)
        {
            if (call.IsTold)
            {
                await TellAsync(call.Query.Call, ct);
            }
            else if (await ProblemAsync(call, ct) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private async Task TellAsync(Call call, CancellationToken ct)
    {
        var said = call.Input.Render(_scope);
        _statements.Add(said);
        await emulated.Moto.Layer.TellAsync(call.Operation, account, region, JsonNode.Parse(said.GetRawText())!.AsObject(), ct);
    }

    private async Task<string?> ProblemAsync(RuleCall call, CancellationToken ct)
    {
        var (query, refused, expect) = call;
        try
        {
            var result = (await Reader.ReadAsync(query, _scope, _aws, ct)).State;
            _scope = query.Name.Length == 0 ? _scope : _scope.With(query.Name, result);
            var isAsExpected = expect is null || Json.IsTruthy(expect.Evaluate(_scope.With("result", result)));
            return refused is null && isAsExpected
                ? null
                : $"{query.Call.At}: {query.Call.Operation} gives {(result.IsNull() ? "null" : result.GetRawText())}";
        }
        catch (AwsException fault)
        {
            return fault.Code == refused ? null : $"{query.Call.At}: {fault.Message}";
        }
    }
}
