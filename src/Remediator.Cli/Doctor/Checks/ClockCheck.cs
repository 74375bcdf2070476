namespace Remediator.Cli.Doctor.Checks;

/// <summary>The function's clock and this machine's agree: AWS refuses what is signed five minutes off.</summary>
internal sealed class ClockCheck : ICheck
{
    private static readonly TimeSpan Noticed = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Refused = TimeSpan.FromMinutes(5);

    public string Name => "clock";

    public IEnumerable<Look> Looks(DeploymentView on) =>
    [
        Look.One("this machine", async ct =>
        {
            var view = await on.FunctionAsync(ct);
            var skew = view.Of.Now < view.Asked ? view.Asked - view.Of.Now
                : view.Of.Now > view.Answered ? view.Of.Now - view.Answered
                : TimeSpan.Zero;
            var seen = $"This machine's clock and the function's differ by {skew.TotalSeconds:0} s.";
            return skew <= Noticed ? Found.Ok(seen)
                : skew < Refused ? Found.Warn(seen, "Set the clock of this machine.")
                : Found.Fail(seen, "Set the clock of this machine: AWS refuses what is signed five minutes off.");
        }),
    ];
}
