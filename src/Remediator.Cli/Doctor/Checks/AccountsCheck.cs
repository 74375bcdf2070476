namespace Remediator.Cli.Doctor.Checks;

/// <summary>The function enters every account that it serves.</summary>
internal sealed class AccountsCheck : ICheck
{
    public string Name => "accounts";

    public IEnumerable<Look> Looks(DeploymentView on) =>
    [
        new("function", async ct =>
        [
            .. (await on.FunctionAsync(ct)).Of.Places.Select(p => (p.Fault is { } fault
                ? Found.Fail(
                    $"The function cannot enter: {fault}",
                    p.Account == on.Home.Account
                        ? "Deploy the stack again: its AccountRole lets the functions in."
                        : "Deploy deploy/member.yaml there: TrustedRoleArns is the output RoleArns, ExternalId the parameter "
                            + "MemberExternalId.")
                : Found.Ok($"The function enters as {p.Caller}.")) with { About = $"{p.Account} {p.Region}" }),
        ]),
    ];
}
