using System.Collections.Immutable;

namespace Remediator.Playbooks.Registered;

/// <summary>
/// The playbook that rolls a type back through Cloud Control to what AWS Config recorded. It is built in: the types differ only in facts.
/// </summary>
internal static class RegisteredPlaybook
{
    public const string Read = "cloudcontrol:GetResource";

    /// <summary>The member of <c>resource</c> that holds the Cloud Control identifier.</summary>
    public const string Identifier = "identifier";

    /// <summary>The parameter with the ARN of the role that Cloud Control uses.</summary>
    public const string Role = "role";

    private const string Folder = "builtin/registered/";

    // Increase it when the playbook's behaviour changes, so that an incident is undone in the version that planned it.
    private const string Text = "builtin/registered 1";

    private static readonly Place At = new("builtin/registered", 1, 1);

    public static string NameOf(string type) => $"{Folder}{type}";

    public static bool IsName(string playbook) => playbook.StartsWith(Folder, StringComparison.Ordinal);

    /// <summary>The playbook with that name; null if no type has it.</summary>
    public static Playbook? Find(string name) =>
        IsName(name) && RegisteredTypes.Find(name[Folder.Length..]) is { } type ? Of(type) : null;

    public static Playbook Of(RegisteredType type) =>
        new()
        {
            Name = NameOf(type.Name),
            Summary =
                $"Puts the properties of an {type.Name} back, through Cloud Control, to what AWS Config recorded while the resource "
                + "was compliant.",
            Rules = [],
            Resources = [type.Name],
            Impact = Impact.Unknown,
            Steps = [StepOf(type)],
            Types = [.. new[] { TypeFiles.Of(type.Name) }.OfType<ResourceType>()],
            Manual = "Compare the two items in the AWS Config timeline of the resource, and set the properties that differ by hand.\n",
            Source = Text,
        };

    private static Step StepOf(RegisteredType type) =>
        new()
        {
            Name = "properties",
            Registered = type,
            Read =
            [
                new(
                    "",
                    new(Read, Input(type), At),
                    Expression.Parse("parse_json(ResourceDescription.Properties)", At, "take"),
                    [],
                    ["ResourceNotFoundException"]),
            ],
            Recorded = Expression.Parse("configuration", At, "recorded"),
            Write = [Update(type)],
            Wait = TimeSpan.FromMinutes(30),
            At = At,
        };

    private static Call Update(RegisteredType type) =>
        new(LongCall.Update.Start, Input(type, ("PatchDocument", "json_patch(state, target)")), At)
        {
            Runs = LongCall.Update,
            GoneOn = ["ResourceNotFoundException"],
        };

    private static Template.Members Input(RegisteredType type, params ImmutableArray<(string Name, string Expression)> more) => new(
    [
        (Word("TypeName"), Word(type.ControlName)),
        (Word("Identifier"), Value($"resource.{Identifier}")),
        .. more.Select(m => (Word(m.Name), Value(m.Expression))),
        (Word("RoleArn"), Value($"params.{Role}")),
    ], At);

    private static Template.Literal Word(string text) => new(Values.Json.Text(text), At);

    private static Template.Computed Value(string expression) =>
        new(JmesPath.JmesPathExpression.Parse(expression, PlaybookFunctions.Table), At);
}
