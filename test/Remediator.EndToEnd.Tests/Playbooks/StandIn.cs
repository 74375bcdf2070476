using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Authoring.Catalog;
using Remediator.Aws;
using Remediator.Playbooks;
using Remediator.Record;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Playbooks;

/// <summary>What a case has to stand in for the emulator with: one document for each account, and what operations do to it.</summary>
/// <param name="Because">What the emulator lacks.</param>
/// <param name="State">The document as it is at first.</param>
/// <param name="Calls">The operations, by name; all others are the emulator's.</param>
internal sealed record StandIn(string Because, Remediator.Playbooks.Template State, ImmutableDictionary<string, StandInCall> Calls);

/// <summary>An operation, over <c>state</c> and <c>input</c>.</summary>
/// <param name="Becomes">The document afterwards, or null where it stays.</param>
/// <param name="Answer">The output, over what the document became; or null where it is empty.</param>
internal sealed record StandInCall(Expression? Becomes, Expression? Answer);

/// <summary>Gives ways into accounts, in which the stand-in answers what the emulator cannot.</summary>
internal sealed class StandInAccounts(IAwsAccounts inner, StandIn standIn) : IAwsAccounts
{
    private readonly ConcurrentDictionary<string, StandInAws> _accounts = new(StringComparer.Ordinal);

    public IAws For(string account, string region) =>
        _accounts.GetOrAdd($"{account} {region}", _ => new(inner.For(account, region), standIn, account, region));
}

/// <summary>One account. An input that does not fit the model is refused as a service would refuse it.</summary>
internal sealed class StandInAws(IAws inner, StandIn standIn, string account, string region) : IAws
{
    private readonly Scope _scope = Scope.Empty
        .With("account", Json.Parse($$"""{"id":"{{account}}","region":"{{region}}","partition":"aws"}"""));

    private JsonElement? _state;

    public Task<JsonElement> CallAsync(string operation, JsonElement input, CancellationToken ct) =>
        standIn.Calls.TryGetValue(operation, out var call) ? Task.FromResult(Answer(operation, call, input)) : inner.CallAsync(operation, input, ct);

    public IAsyncEnumerable<JsonElement> PagesAsync(string operation, JsonElement input, CancellationToken ct) =>
        standIn.Calls.TryGetValue(operation, out var call) ? OneAsync(Answer(operation, call, input)) : inner.PagesAsync(operation, input, ct);

    private JsonElement Answer(string operation, StandInCall call, JsonElement input)
    {
        var given = input.ValueKind is JsonValueKind.Object ? input : Json.EmptyObject;
        var model = Operations.Find(operation, Emulated.Model);
        InputCheck.Run(model, given);
        LengthCheck.Run(model, given);
        var scope = _scope.With("input", given).With("state", _state ??= standIn.State.Render(_scope));
        _state = call.Becomes?.Evaluate(scope) ?? _state;
        return call.Answer?.Evaluate(scope.With("state", _state.Value)) ?? Json.EmptyObject;
    }

    private static async IAsyncEnumerable<JsonElement> OneAsync(JsonElement page)
    {
        await Task.CompletedTask;
        yield return page;
    }
}
