using System.Collections.Immutable;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change;

/// <summary>Makes calls out of what a playbook says about them.</summary>
internal static class CallTemplates
{
    public static ImmutableArray<ReadyCall> Ready(ImmutableArray<Call> calls, Scope scope) =>
        [.. calls.SelectMany(call => Ready(call, scope))];

    private static IEnumerable<ReadyCall> Ready(Call call, Scope scope)
    {
        if (call.ForEach is not { } each)
        {
            return Applies(call, scope) ? [new(new(call.Operation, call.Input.Render(scope)), call)] : [];
        }

        var items = each.Evaluate(scope);
        return (items.IsList() ? items.EnumerateArray() : default)
            .Select(item => scope.With("item", item))
            .Where(one => Applies(call, one))
            .Select(one => new ReadyCall(new(call.Operation, call.Input.Render(one)), call));
    }

    private static bool Applies(Call call, Scope scope) => call.When is not { } when || when.Evaluate(scope).IsTruthy();
}
