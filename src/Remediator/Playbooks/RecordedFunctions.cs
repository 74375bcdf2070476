using Remediator.Aws.Models;
using Remediator.JmesPath;

namespace Remediator.Playbooks;

/// <summary>Converts AWS Config's member names into those of an API, and its nested lists into rows.</summary>
internal static class RecordedFunctions
{
    /// <summary>Capitalises the first letter of every member name, at all depths.</summary>
    public static JmesPathValue Title(JmesPathCall call) =>
        Renamed(call[0], static name => name.Length == 0 ? name : $"{char.ToUpperInvariant(name[0])}{name[1..]}");

    /// <summary>Makes the first letter of every member name lower case, at all depths.</summary>
    public static JmesPathValue Untitle(JmesPathCall call) =>
        Renamed(call[0], static name => name.Length == 0 ? name : $"{char.ToLowerInvariant(name[0])}{name[1..]}");

    /// <summary>Gives every member name that equals one of the given names except for case that spelling, at all depths.</summary>
    public static JmesPathValue Spell(JmesPathCall call)
    {
        var right = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in Names(call[1]))
        {
            right[name] = name;
        }

        return Renamed(call[0], name => right.GetValueOrDefault(name, name));
    }

    /// <summary>
    /// Gives every member name the spelling of an operation's output, whatever its case: (value, operation, the member of the output that
    /// the value is). A name that the API does not have there stays unchanged.
    /// </summary>
    public static JmesPathValue NamedAs(JmesPathCall call)
    {
        var (operation, member) = (call[1].AsString(), call[2].AsString());
        return ModelCatalog.Find(operation)?.Output?.Members.TryGetValue(member, out var output) is true
            ? Named(call[0], output.Shape)
            : throw call.Invalid(1, $"there is no '{member}' in the output of '{operation}'");
    }

    /// <summary>
    /// For each row and each of the given names that holds a list, one row for each item of the list, in which that name holds the item
    /// and the other given names are left out.
    /// </summary>
    public static JmesPathValue Spread(JmesPathCall call)
    {
        var names = Names(call[1]).ToList();
        var rows = call[0].IsNull ? [] : call[0].Items().Where(row => row.Type is JmesPathTypes.Object);
        return JmesPathValue.FromItems(
        [
            .. from row in rows
               let members = row.Properties().ToList()
               from name in names
               let list = members.Find(m => m.Key == name).Value
               where list is { Type: JmesPathTypes.Array }
               from item in list.Items()
               select JmesPathValue.FromProperties(
                   members.Where(m => !names.Contains(m.Key)).Append(KeyValuePair.Create(name, item))),
        ]);
    }

    private static JmesPathValue Renamed(JmesPathValue value, Func<string, string> name) => value.Type switch
    {
        JmesPathTypes.Object =>
            JmesPathValue.FromProperties(value.Properties().Select(p => KeyValuePair.Create(name(p.Key), Renamed(p.Value, name)))),
        JmesPathTypes.Array => JmesPathValue.FromItems([.. value.Items().Select(item => Renamed(item, name))]),
        _ => value,
    };

    private static JmesPathValue Named(JmesPathValue value, Shape shape) => (value.Type, shape) switch
    {
        (JmesPathTypes.Object, { Value: { } each }) =>
            JmesPathValue.FromProperties(value.Properties().Select(p => KeyValuePair.Create(p.Key, Named(p.Value, each.Shape)))),
        (JmesPathTypes.Object, _) => JmesPathValue.FromProperties(value.Properties().Select(p => Named(p, shape))),
        (JmesPathTypes.Array, { Element: { } each }) => JmesPathValue.FromItems([.. value.Items().Select(item => Named(item, each.Shape))]),
        _ => value,
    };

    private static KeyValuePair<string, JmesPathValue> Named(KeyValuePair<string, JmesPathValue> property, Shape shape) =>
        shape.Members.Values.FirstOrDefault(m => m.Name.Equals(property.Key, StringComparison.OrdinalIgnoreCase)) is { } member
            ? KeyValuePair.Create(member.Name, Named(property.Value, member.Shape))
            : property;

    private static IEnumerable<string> Names(JmesPathValue list) => list.Items().Select(n => n.AsString());
}
