using Remediator.Emulator;

namespace Remediator.EndToEnd.Tests.Emulation;

/// <summary>One emulator for all tests of a run, since it takes seconds to start. Each test uses its own resource names.</summary>
public sealed class EmulatorFixture : IAsyncLifetime
{
    private MotoEmulator? emulator;
    private Deployment? deployment;

    internal MotoEmulator Emulator => emulator ?? throw new InvalidOperationException("The emulator is not started yet.");

    /// <summary>The template's stack, with a configured member role and a member account that forwards events.</summary>
    internal Deployment Deployment => deployment ?? throw new InvalidOperationException("The template is not deployed yet.");

    public async Task InitializeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        emulator = await MotoEmulator.StartAsync(limit.Token);
        deployment = await TemplateDeployer.DeployAsync(
            emulator,
            new Dictionary<string, string> { ["MemberRoleName"] = "RemediatorMember", ["MemberAccountIds"] = "222222222222" },
            limit.Token);
    }

    public async Task DisposeAsync()
    {
        if (emulator is { } started)
        {
            await started.DisposeAsync();
        }
    }
}

[CollectionDefinition(Name)]
public sealed class OnTheEmulator : ICollectionFixture<EmulatorFixture>
{
    public const string Name = "emulator";
}
