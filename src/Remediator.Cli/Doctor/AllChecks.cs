using System.Collections.Immutable;
using Remediator.Cli.Doctor.Checks;

namespace Remediator.Cli.Doctor;

/// <summary>Every check, in the order of an event's way: a new one is one file and one line here.</summary>
internal static class AllChecks
{
    public static ImmutableArray<ICheck> List { get; } =
    [
        new StackCheck(),
        new VersionCheck(),
        new FilesCheck(),
        new ClockCheck(),
        new RecorderCheck(),
        new RecordedTypesCheck(),
        new DeliveryCheck(),
        new RulesCheck(),
        new PolicyValuesCheck(),
        new EventRuleCheck(),
        new ForwardingCheck(),
        new ProbeCheck(),
        new QueueSourceCheck(),
        new QueuesCheck(),
        new AccountsCheck(),
        new PermissionsCheck(),
        new StopCheck(),
        new RolloutsCheck(),
        new JournalCheck(),
        new JournalKeyCheck(),
        new TopicsCheck(),
        new AlarmsCheck(),
        new QuotasCheck(),
    ];
}
