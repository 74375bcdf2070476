using System.Text.Json;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Testing.Fakes;

namespace Remediator.Testing.Scenarios;

/// <summary>
/// A whole service with an AWS around it. Scenarios set up and inspect resources through the same <see cref="IAws"/> that the service
/// uses, so that the backend can be exchanged.
/// </summary>
internal interface IScenarioHost : IAsyncDisposable
{
    CancellationToken Ct { get; }

    string Account { get; }

    string Region { get; }

    DateTimeOffset Now { get; }

    /// <summary>AWS as its owner sees it: no faults, and not in <see cref="Calls"/>.</summary>
    IAws Aws { get; }

    /// <summary>The faults of the service's own calls.</summary>
    FaultTable Faults { get; }

    /// <summary>Config's evaluations of resources, for the sweep.</summary>
    EvaluationTable Evaluations { get; }

    /// <summary>Adds an item that AWS Config has recorded.</summary>
    Task PutItemAsync(JsonElement item);

    /// <summary>Adds a resource to Cloud Control: <c>type</c>, <c>identifier</c>, <c>model</c>, and its known faults.</summary>
    Task PutResourceAsync(JsonElement resource);

    /// <summary>The service's calls in order, without those to the journal.</summary>
    IReadOnlyList<string> Calls { get; }

    /// <summary>A name that no other scenario uses.</summary>
    string Named(string what);

    /// <summary>Restarts the deployment with this policy.</summary>
    Task UsePolicyAsync(string yaml);

    /// <summary>Delivers events to the service in one batch, as the queue does, and returns how each ended.</summary>
    Task<IReadOnlyList<Ended>> DeliverAsync(params IReadOnlyList<string> bodies);

    Task<Ended> OperateAsync(OperatorCommand command);

    Task<int> SweepAsync();

    /// <summary>Lets time pass: what becomes due in that time is due now.</summary>
    Task PassAsync(TimeSpan time);

    Task<Incident?> IncidentAsync(string id);

    /// <summary>The notices in the order in which a queue that subscribes to the topic received them.</summary>
    Task<IReadOnlyList<JsonElement>> NoticesAsync();
}
