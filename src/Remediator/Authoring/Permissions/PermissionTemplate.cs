using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Remediator.Decide;
using Remediator.Operate;
using Remediator.Playbooks;

namespace Remediator.Authoring.Permissions;

/// <summary>Writes the managed policies of a CloudFormation template from the playbooks.</summary>
internal static partial class PermissionTemplate
{
    public const string Begin = "# remediator:permissions begin";
    public const string End = "# remediator:permissions end";

    /// <summary>The text with new policies between the markers; their roles and condition stay.</summary>
    public static string Render(
        string earlier, IReadOnlyCollection<Playbook> playbooks, IReadOnlyCollection<Guide> guides, PolicyReach reach)
    {
        var roles = Roles().Match(earlier) is { Success: true } match
            ? match.Groups[1].Value
            : throw new InvalidDataException($"Between '{Begin}' and its end there is no 'Roles: [...]' to give the permissions to.");
        var belonging = (Roles: roles, Condition: ConditionLine().Match(earlier).Value);
        var permissions = PlaybookPermissions.Of(playbooks, reach, guides);
        var policies = PolicyPacker.Pack(Statement.Of(permissions));
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"  # {playbooks.Count} playbooks read, and the policy lets {playbooks.Count(reach.Changes)} of them change something. ");
        text.Append(CultureInfo.InvariantCulture, $"They need {permissions.Select(p => p.Action).Distinct().Count()} actions:\n  # ");
        text.Append(
            CultureInfo.InvariantCulture,
            $"{policies.Length} of the {PolicyPacker.MostPolicies} managed policies that a role has room for.\n");
        for (var i = 0; i < policies.Length; i++)
        {
            Policy(text, belonging, policies[i], i + 1, policies.Length);
        }

        return text.ToString();
    }

    private static void Policy(
        StringBuilder text, (string Roles, string Condition) belonging, ImmutableArray<Statement> statements, int number, int of)
    {
        var (suffix, share) = (number == 1 ? "" : $"{number}", $"{number} of {of}");
        text.Append($"""
              PlaybookPermissions{suffix}:
                Type: AWS::IAM::ManagedPolicy
            {belonging.Condition}    Properties:
                  Description: What the playbooks of Remediator read and write ({share}).
                  Roles: {belonging.Roles}
                  PolicyDocument:
                    Version: "2012-10-17"
                    Statement:

            """.ReplaceLineEndings("\n"));
        for (var i = 0; i < statements.Length; i++)
        {
            One(text, statements[i], i + 1);
        }
    }

    private static void One(StringBuilder text, Statement statement, int number)
    {
        text.Append(CultureInfo.InvariantCulture, $"          - Sid: {(statement.Changes ? "Writes" : "Reads")}{number}\n");
        text.Append("            Effect: Allow\n            Action:\n");
        foreach (var action in statement.Actions)
        {
            text.Append(CultureInfo.InvariantCulture, $"              - {action}\n");
        }

        text.Append(statement.Resource is "*" ? "            Resource: \"*\"\n" : $"            Resource: !Sub {statement.Resource}\n");
        if (statement.Condition is { } condition)
        {
            var value = condition.Value.Contains("${", StringComparison.Ordinal) ? $"!Sub \"{condition.Value}\"" : $"\"{condition.Value}\"";
            text.Append(
                CultureInfo.InvariantCulture, $"            Condition: {{ {condition.Operator}: {{ {condition.Key}: {value} }} }}\n");
        }
    }

    [GeneratedRegex(@"^    Condition: .*\n", RegexOptions.Multiline)]
    private static partial Regex ConditionLine();

    [GeneratedRegex(@"^\s+Roles: (\[.*\])$", RegexOptions.Multiline)]
    private static partial Regex Roles();
}
