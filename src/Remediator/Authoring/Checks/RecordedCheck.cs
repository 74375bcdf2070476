using Remediator.Aws;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>
/// Checks that <c>recorded</c> gives the same members as <c>read</c>, as far as the expression names them: a setting in another form
/// would never equal what is read, and would be rolled back wrongly or not at all.
/// </summary>
internal static class RecordedCheck
{
    public static IEnumerable<Problem> Of(CheckedPlaybook playbook) => playbook.Playbook.Steps
        .Where(step => step.Recorded is not null)
        .SelectMany(step => Of(step.Recorded!, ScopeTypes.State(step)));

    private static IEnumerable<Problem> Of(Expression recorded, InferredType state) =>
        Unread(TypePath.From(recorded.Outline.Result, InferredType.Any), state, "").Distinct()
            .Select(why => new Problem("PB028", recorded.At, why));

    /// <summary>The members of one type that are not in the type of what is read.</summary>
    private static IEnumerable<string> Unread(InferredType given, InferredType read, string path) => given switch
    {
        InferredType.Either(var first, var second) => Unread(first, read, path).Concat(Unread(second, read, path)),
        InferredType.Fields or InferredType.Items when read.Kind() is { } kind && kind != given.Kind() =>
            [$"'{(path.Length > 0 ? path : "recorded")}' is {Word(given.Kind())}, and 'read' takes {Word(kind)} there"],
        InferredType.Fields fields when read.Kind() is "object" => fields.Members.SelectMany(m => Member(m.Key, m.Value, read, path)),
        InferredType.Items(var item) when read.Kind() is "list" => Unread(item, read.Item(), path + "[]"),
        _ => [],
    };

    private static IEnumerable<string> Member(string name, InferredType given, InferredType read, string path)
    {
        var at = path.Length == 0 ? name : $"{path}.{name}";
        return read.Member(name) is { } member
            ? Unread(given, member, at)
            : [$"'{at}' is not in what 'read' takes, so it would never be compared{Nearest.Hint(name, [.. read.Names()])}"];
    }

    private static string Word(string? kind) => kind switch
    {
        "object" => "an object",
        "list" => "a list",
        "number" => "a number",
        "boolean" => "true or false",
        _ => "text",
    };
}
