using System.Text;
using Remediator.Aws;
using Remediator.Decide;
using Remediator.Emulator;
using Remediator.Intake;
using Remediator.Values;

namespace Remediator.Tests.Cli;

/// <summary>The queue of a deployment, whose function handles each message at once, by its own policy and in the shared journal.</summary>
internal sealed class DeliveringQueue(CliRun cli, Policy policy) : IQueue
{
    private readonly List<string> _said = [];

    /// <summary>What the events said of the compliance, in order.</summary>
    public IReadOnlyList<string> Said => _said;

    public Task<int> WaitingAsync(CancellationToken ct) => Task.FromResult(0);

    public async Task SendAsync(IReadOnlyList<string> bodies, CancellationToken ct)
    {
        var service = new Composition(
            cli.Foundation(), policy, new(Repository.At("playbooks")), new("arn:aws:sns:us-east-1:123456789012:people", null));
        foreach (var body in bodies)
        {
            _said.Add(Json.Parse(body).Member("detail").Member("newEvaluationResult").TextOf("complianceType")!);
            var received = EventReader.Read(Encoding.UTF8.GetBytes(body), cli.Clock.GetUtcNow());
            await service.Pipeline.RunAsync(Assert.IsType<Received.Change>(received).Of, ct);
        }
    }
}
