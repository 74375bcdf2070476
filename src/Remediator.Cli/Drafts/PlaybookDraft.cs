using System.Collections.Immutable;
using System.Text;
using Remediator.Authoring.Data;
using Remediator.Aws.Models;

namespace Remediator.Cli.Drafts;

/// <summary>
/// A playbook to begin with: operations that may be meant, with their shapes filled in, and a mark on every line where a person has to
/// decide.
/// </summary>
internal sealed class PlaybookDraft(string name, string rule, string type, DraftOperations operations)
{
    /// <summary>Marks every line that a person has to decide; lint reports no other line of a draft.</summary>
    public const string Mark = "FILL-IN";

    private const int MostNamed = 6;
    private const int MostMembers = 12;

    public string Text()
    {
        var (read, write) = (operations.Reads.FirstOrDefault(), operations.Writes.FirstOrDefault());
        var (take, members) = read is null ? (Mark, ImmutableDictionary<string, Shape>.Empty) : Taken(read);
        var text = new StringBuilder();
        text.AppendLine($"""
            # A draft for {rule} on {type}. Every line that says {Mark} is to be decided; 'remediator lint FILE' names what is
            # left, and 'remediator generate' takes the playbook up. docs/playbooks.md has every word.
            summary: {Mark} what it changes, in a sentence.
            {Rules()}
            resource: {type}
            # The gravest that holds of none, brief, cost, restart, access, data, irreversible.
            impact: irreversible # {Mark}

            read:
            """);
        Others(text, "reads it", operations.Reads);
        text.AppendLine($"  call: {read?.FullName ?? Mark}");
        text.AppendLine($"  with: {(read is null ? Mark : $"{{{Identity(read)}}}")}{Marked(read)}");
        Shapes(text, "The output", read?.Output);
        text.AppendLine($"  take: \"{take}\" # {Mark} only what the rule is about");
        var errors = read is { ErrorCodes.Count: > 0 }
            ? $"; the model has {string.Join(", ", read.ErrorCodes.Values.Distinct().Take(MostNamed))}"
            : "";
        text.AppendLine($"  # The error of a resource that is gone{errors}.");
        text.AppendLine($"  gone-on: {Mark}").AppendLine();
        text.AppendLine($"want: {Wanted(members)} # {Mark} what the rule asks for").AppendLine().AppendLine("write:");
        Others(text, "writes it", operations.Writes);
        text.AppendLine($"  call: {write?.FullName ?? Mark}{(write is null ? "" : $" # {Mark}")}");
        Shapes(text, "The input", write?.Input);
        text.AppendLine(write is null ? $"  with: {Mark}" : Input(write, members));
        text.AppendLine().AppendLine("manual: |").Append($"  {Mark} what a person does by hand, with the names of the console.");
        return text.AppendLine().ToString().ReplaceLineEndings("\n");
    }

    /// <summary>A rule of one's own is bound to its playbook by the policy.</summary>
    private string Rules() => ManagedRule.All.GetValueOrDefault(rule) switch
    {
        null => $"# In the policy: rules: [{{match: {{rule-name: {rule}}}, playbook: {name}}}]\nrules: []",
        { Parameters: [_, ..] names } =>
            $"rules: [{rule}] # {Mark} its parameters {string.Join(", ", names)}: use ${{rule.NAME}}, or list them under 'ignores'",
        _ => $"rules: [{rule}]",
    };

    private static string Marked(OperationModel? read) => read is null || read.Input!.Required.Count <= 1 ? "" : $" # {Mark}";

    private static void Others(StringBuilder text, string does, ImmutableArray<OperationModel> found)
    {
        if (found.Length > 1)
        {
            text.AppendLine($"  # What else {does}, perhaps: {string.Join(", ", found.Skip(1).Take(MostNamed).Select(o => o.FullName))}.");
        }
    }

    private static void Shapes(StringBuilder text, string what, Shape? shape)
    {
        if (shape is { Members.Count: > 0 })
        {
            text.AppendLine(
                $"  # {what}: {string.Join(", ", shape.Members.Values.Take(MostMembers).Select(m => $"{m.Name} ({Words(m.Shape)})"))}.");
        }
    }

    private static string Words(Shape shape) => shape switch
    {
        { Enum.Count: > 0 and <= MostNamed } => string.Join(" or ", shape.Enum),
        { Type: ShapeType.Structure } => $"of {string.Join(", ", shape.Members.Keys.Take(MostNamed))}",
        { Type: ShapeType.List, Element: { } element } => $"list, {Words(element.Shape)}",
        _ => shape.Type.ToString().ToLowerInvariant(),
    };

    private string Identity(OperationModel operation)
    {
        var member = operations.Identity(operation)!;
        return member.Shape.Type is ShapeType.List ? $"{member.Name}: [\"${{resource.id}}\"]" : $"{member.Name}: \"${{resource.id}}\"";
    }

    /// <summary>The scalar members of what the read gives, and the expression that takes them.</summary>
    private static (string Take, ImmutableDictionary<string, Shape> Members) Taken(OperationModel read)
    {
        var (path, shape) = ("", read.Output);
        while (shape is { Type: ShapeType.Structure } && Inner(shape) is { } inner)
        {
            path = $"{path}{(path.Length > 0 ? "." : "")}{inner.Name}{(inner.Shape.Type is ShapeType.List ? "[0]" : "")}";
            shape = inner.Shape.Type is ShapeType.List ? inner.Shape.Element!.Shape : inner.Shape;
        }

        var scalars = shape?.Members.Values.Where(m => IsScalar(m.Shape)).Take(MostMembers).ToImmutableDictionary(m => m.Name, m => m.Shape)
            ?? [];
        var take = $"{{{string.Join(", ", scalars.Keys.Order(StringComparer.Ordinal).Select(n => $"{n}: {n}"))}}}";
        return scalars.IsEmpty ? (path.Length > 0 ? path : Mark, []) : (path.Length > 0 ? $"{path}.{take}" : take, scalars);
    }

    /// <summary>Where an answer is one thing inside: a structure, or a list of them with what pages it.</summary>
    private static Member? Inner(Shape shape)
    {
        var others = shape.Members.Values.Where(m => !IsPaging(m.Name)).ToList();
        return
            others is [var one]
            && (one.Shape.Type is ShapeType.Structure || one.Shape is { Type: ShapeType.List, Element.Shape.Type: ShapeType.Structure })
            ? one
            : null;
    }

    private static bool IsPaging(string name) =>
        name.Contains("Token", StringComparison.OrdinalIgnoreCase) || name.Contains("Marker", StringComparison.OrdinalIgnoreCase);

    private static bool IsScalar(Shape shape) =>
        shape.Type is ShapeType.String or ShapeType.Boolean or ShapeType.Integer or ShapeType.Long or ShapeType.Float or ShapeType.Double;

    private string Wanted(ImmutableDictionary<string, Shape> members)
    {
        var words = rule.Split('_', '-');
        var member = members
            .OrderByDescending(m => words.Count(w => w.Length > 2 && m.Key.Contains(w, StringComparison.OrdinalIgnoreCase)))
            .ThenBy(m =>
                m.Value.Type is ShapeType.Boolean ? 0
                : m.Value.Enum.Count > 0 ? 1
                : 2)
            .ThenBy(m => m.Key, StringComparer.Ordinal)
            .FirstOrDefault();
        return member.Key is null ? Mark : $"{{{member.Key}: {Value(member.Value)}}}";
    }

    private static string Value(Shape shape) => shape switch
    {
        { Type: ShapeType.Boolean } => "true",
        { Enum: [var first, ..] } => first,
        { Type: ShapeType.String } => Mark,
        _ => "1",
    };

    private string Input(OperationModel write, ImmutableDictionary<string, Shape> members)
    {
        var text = new StringBuilder("  with:");
        text.Append($"\n    {Identity(write)}");
        foreach (var member in Chosen(write, members))
        {
            text.Append($"\n    {member.Name}: {Given(member, members)} # {Mark}");
        }

        return text.ToString();
    }

    /// <summary>What must be there, and what the read gives too.</summary>
    private IEnumerable<Member> Chosen(OperationModel write, ImmutableDictionary<string, Shape> members)
    {
        var identity = operations.Identity(write)!.Name;
        return write.Input!.Members.Values.Where(m => m.Name != identity && !m.IsIdempotencyToken
            && (write.Input.Required.Contains(m.Name) || members.ContainsKey(m.Name))).Take(MostMembers);
    }

    private static string Given(Member member, ImmutableDictionary<string, Shape> members) => member.Shape.Type switch
    {
        _ when members.ContainsKey(member.Name) => $"\"${{target.{member.Name}}}\"",
        ShapeType.Structure when member.Shape.Members.Keys.Any(members.ContainsKey) =>
            $"{{{string.Join(", ", member.Shape.Members.Keys.Where(members.ContainsKey).Select(n => $"{n}: \"${{target.{n}}}\""))}}}",
        ShapeType.Structure or ShapeType.List or ShapeType.Map => "\"${target}\"",
        _ => Value(member.Shape),
    };
}
