using System.Collections.Immutable;
using Remediator.Aws;
using Remediator.Aws.Permissions;

namespace Remediator.Cli.Doctor;

/// <summary>Runs checks, some at once, and makes of whatever keeps one from looking a line of its own.</summary>
internal static class Examination
{
    private const int AtOnce = 8;

    public static async Task<ImmutableArray<CheckLine>> RunAsync(IEnumerable<ICheck> checks, DeploymentView on, CancellationToken ct)
    {
        var looks = checks.SelectMany(check => check.Looks(on).Select(look => (check.Name, Look: look))).ToArray();
        var found = new IReadOnlyList<Found>[looks.Length];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, looks.Length),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (i, token) => found[i] = await LookAsync(looks[i].Look, token));
        return [.. looks.SelectMany((l, i) => found[i].Select(f => new CheckLine(l.Name, f.About ?? l.Look.About, f)))];
    }

    private static async Task<IReadOnlyList<Found>> LookAsync(Look look, CancellationToken ct)
    {
        try
        {
            return await look.Run(ct);
        }
        catch (NotSeenException e)
        {
            return [Found.Warn(e.Message, e.Remedy)];
        }
        catch (AwsException e)
        {
            return [Of(e)];
        }
    }

    private static Found Of(AwsException e) => e switch
    {
        { Code: AccountAccess.NoRole } => Found.Fail(e.ServiceMessage, "Deploy with MemberRoleName, and deploy/member.yaml there."),
        { Fault: AwsFault.Denied } => Found.Warn(
            $"Not seen: {e.Operation} was refused ({e.Code}).", $"Allow {ActionOf(e.Operation)} to the credentials that run this."),
        { Fault: AwsFault.ClockSkew } => Found.Fail(
            $"AWS refuses {e.Operation}: the clock of this machine is wrong ({e.Code}).", "Set the clock of this machine."),
        { Fault: AwsFault.Gone } => Found.Fail($"It is not there: {e.ServiceMessage} ({e.Code})", "Deploy the stack again."),
        { Fault: AwsFault.Permanent } => Found.Fail(e.Message, "Look at what AWS says; then run this again."),
        _ => Found.Warn($"Not seen: {e.Message}", "Run this again."),
    };

    private static string ActionOf(string operation) =>
        Actions.Of(operation) is [var (action, _), ..] ? action : operation is "lambda:Invoke" ? "lambda:InvokeFunction" : operation;
}
