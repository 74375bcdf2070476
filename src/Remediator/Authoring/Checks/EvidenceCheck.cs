using System.Text.RegularExpressions;
using Remediator.Guard;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>Checks that what a person sees before approval is short and not secret.</summary>
internal static partial class EvidenceCheck
{
    public static IEnumerable<Problem> Of(CheckedPlaybook playbook) =>
        [
            .. playbook
                .Playbook.Evidence.Skip(Limits.EvidenceQueries)
                .Take(1)
                .Select(e => new Problem(
                    "PB070",
                    e.Query.Call.At,
                    $"a playbook or guide asks {Limits.EvidenceQueries} questions at most: this one and those after it would not be "
                    + "asked")),
            .. playbook
                .Sites.Where(s => (s.Part is Part.Evidence || playbook.Guide is not null) && Revealing().IsMatch(s.Call.Operation))
                .Select(s => new Problem(
                    "PB071", s.Call.At, $"'{s.Call.Operation}' answers a secret, which must not come into notices or the journal")),
        ];

    [GeneratedRegex(
        "^(secretsmanager:(Batch)?GetSecretValue|ssm:GetParameters?(ByPath|History)?|.*:Get(SessionToken|FederationToken|"
        + "AuthorizationToken|LoginUrl|Credentials.*|RandomPassword)|.*:GetClusterCredentials.*|.*:GetCredentials|ec2:GetPasswordData|"
        + "s3:GetObject|dynamodb:(Get|BatchGet)Item|logs:(GetLogEvents|FilterLogEvents))$"
    )]
    private static partial Regex Revealing();
}
