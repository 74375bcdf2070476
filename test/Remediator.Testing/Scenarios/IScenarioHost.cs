using System.Text.Json;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Testing.Fakes;

namespace Remediator.Testing.Scenarios;

/// <summary>
/// A whole service with an AWS around it. Scenarios seed and look through the same <see cref="IAws"/> that the service calls,
/// so that the backend can be exchanged.
/// </summary>
internal interface IScenarioHost : IAsyncDisposable
{
    CancellationToken Ct { get; }

    string Account { get; }

    string Region { get; }

    DateTimeOffset Now { get; }

    /// <summary>AWS as its owner sees it: no faults, and not in <see cref="Calls"/>.</summary>
    IAws Aws { get; }

    /// <summary>What goes wrong with the service's own calls.</summary>
    FaultTable Faults { get; }

    /// <summary>What Config holds of resources, for the sweep.</summary>
    EvaluationTable Evaluations { get; }

    /// <summary>AWS Config has recorded this item.</summary>
    Task PutItemAsync(JsonElement item);

    /// <summary>
    /// Cloud Control has this resource: <c>type</c>, <c>identifier</c>, <c>model</c>, and what is known to go wrong with it.
    /// </summary>
    Task PutResourceAsync(JsonElement resource);

    /// <summary>The calls that the service made, in order; without those to the journal.</summary>
    IReadOnlyList<string> Calls { get; }

    /// <summary>A name that no other scenario uses.</summary>
    string Named(string what);

    /// <summary>The deployment starts anew with this policy.</summary>
    Task UsePolicyAsync(string yaml);

    /// <summary>Hands events to the service in one batch, as the queue does, and tells how each ended.</summary>
    Task<IReadOnlyList<Ended>> DeliverAsync(params IReadOnlyList<string> bodies);

    Task<Ended> OperateAsync(OperatorCommand command);

    Task<int> SweepAsync();

    /// <summary>Lets time pass: what was due in that time is due now.</summary>
    Task PassAsync(TimeSpan time);

    Task<Incident?> IncidentAsync(string id);

    /// <summary>The notices in the order in which a queue that subscribes to the topic got them.</summary>
    Task<IReadOnlyList<JsonElement>> NoticesAsync();
}
