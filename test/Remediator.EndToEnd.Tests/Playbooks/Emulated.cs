using System.Collections.Immutable;
using Remediator.Aws;
using Remediator.Emulator;
using Remediator.Emulator.Cases;
using Remediator.EndToEnd.Tests.Faults;
using Remediator.Testing.Fakes;

namespace Remediator.EndToEnd.Tests.Playbooks;

/// <summary>The emulator that all cases share; each run has a separate account. Automations, which it does not run, are run here.</summary>
public sealed class Emulated : IAsyncLifetime
{
    private CaseEmulator? _cases;
    private FaultyProxy? _automation;

    internal CaseEmulator Cases => _cases ?? throw new InvalidOperationException("The emulator has not started.");

    /// <inheritdoc cref="CaseEmulator.Accounts"/>
    internal IAwsAccounts Accounts => Cases.Accounts;

    /// <inheritdoc cref="CaseEmulator.InSession"/>
    internal AwsAccounts InSession(RoleSession session) => Cases.InSession(session);

    /// <summary>Runs automations, which the emulator does not.</summary>
    internal FakeAutomations Automations => _automation!.Automations;

    /// <inheritdoc cref="CaseEmulator.StandIns"/>
    internal StandInServer StandIns => Cases.StandIns;

    internal MotoEmulator Moto => Cases.Moto;

    public async Task InitializeAsync()
    {
        _cases = await CaseEmulator.StartAsync(WithAutomations, CancellationToken.None);
        Automations.Add(InstanceResizing.Document, new InstanceResizing(Moto.Url).RunAsync);
        Automations.Add(InstancePower.Stop, new InstancePower(Moto.Url, "ec2:StopInstances").RunAsync);
        Automations.Add(InstancePower.Start, new InstancePower(Moto.Url, "ec2:StartInstances").RunAsync);
    }

    public async Task DisposeAsync()
    {
        if (_automation is { } proxy)
        {
            await proxy.DisposeAsync();
        }

        if (_cases is { } cases)
        {
            await cases.DisposeAsync();
        }
    }

    /// <summary>An unused account.</summary>
    internal string NewAccount() => Cases.NewAccount();

    /// <inheritdoc cref="CaseEmulator.StandInAsync"/>
    internal Task StandInAsync(PlaybookCase @case, string account) => Cases.StandInAsync(@case, account);

    private ImmutableDictionary<string, Uri> WithAutomations(Uri emulator)
    {
        _automation = FaultyProxy.Start(emulator);
        return ImmutableDictionary<string, Uri>.Empty.Add("ssm", _automation.Url);
    }
}

[CollectionDefinition(Name)]
public sealed class OnTheEmulator : ICollectionFixture<Emulated>
{
    public const string Name = "The emulator";
}
