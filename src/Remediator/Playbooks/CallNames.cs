using Remediator.Aws.Models;

namespace Remediator.Playbooks;

/// <summary>How a call identifies a resource: by the API's own key, which the API enforces, or only in a filter.</summary>
internal static class CallNames
{
    /// <summary>The names under <c>resource</c> that the input has outside filters.</summary>
    public static IEnumerable<string> Keys(Call call) => Names(call.Input, isFilter: false).Where(n => !n.IsFilter).Select(n => n.Name);

    /// <summary>Every name under <c>resource</c> that the call uses.</summary>
    public static IEnumerable<string> All(Call call) =>
        Names(call.Input, isFilter: false).Select(n => n.Name).Concat(call.ForEach?.Outline.Paths.SelectMany(Name) ?? []);

    /// <summary>The resource is identified in filters only.</summary>
    public static bool IsOnlyFiltered(Call call) =>
        Names(call.Input, isFilter: false).ToArray() is { Length: > 0 } names && names.All(n => n.IsFilter);

    /// <summary>Operations of these services reject a filter that matches nothing; their models name the error.</summary>
    public static bool Refuses(Call call) =>
        ModelCatalog.Find(call.Operation) is { ErrorCodes: { Count: > 0 } } && call.Operation.StartsWith("dms:", StringComparison.Ordinal);

    /// <summary>The names under <c>resource</c> in the paths that an expression reads.</summary>
    public static IEnumerable<string> Name(string path) => path.Split('.', '[') is ["resource", var name, ..] ? [name.Trim('"')] : [];

    private static IEnumerable<(string Name, bool IsFilter)> Names(Template template, bool isFilter) => template switch
    {
        Template.Members members => members.Of.SelectMany(m => Names(m.Value, isFilter || IsFilter(m.Name))),
        Template.Items items => items.Of.SelectMany(i => Names(i, isFilter)),
        _ => template.Expressions().SelectMany(e => e.Expression.Paths.SelectMany(Name)).Select(name => (name, isFilter)),
    };

    private static bool IsFilter(Template name) =>
        name is Template.Literal { Value: var value } && value.ToString().TrimEnd('s').EndsWith("ilter", StringComparison.Ordinal);
}
