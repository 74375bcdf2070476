using System.Text.Json;
using System.Text.Json.Serialization;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Sweep;

namespace Remediator.Function.Handlers;

/// <summary>What the handlers read and write. Strict: a command with an unknown member is refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    IgnoreReadOnlyProperties = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true,
    Converters = [typeof(JsonStringEnumConverter<OperatorVerb>)])]
[JsonSerializable(typeof(Swept))]
[JsonSerializable(typeof(OperateRequest))]
[JsonSerializable(typeof(OperateAnswer))]
[JsonSerializable(typeof(InspectRequest))]
[JsonSerializable(typeof(Inspection))]
internal sealed partial class HandlerJson : JsonSerializerContext;

/// <summary>A person's command as it is sent to the function.</summary>
internal sealed record OperateRequest(OperatorVerb Command, string By)
{
    public string? Incident { get; init; }

    public string? Why { get; init; }

    public bool Force { get; init; }

    /// <summary>The plan that was shown: another one is not carried out.</summary>
    public string? Plan { get; init; }

    /// <summary>What an order is about, in place of an incident.</summary>
    public MatchRequest? Match { get; init; }

    /// <summary>Until when.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The order that is renewed or lifted.</summary>
    public string? Order { get; init; }
}

/// <summary>What an order is about: patterns with <c>*</c> and <c>?</c>.</summary>
internal sealed record MatchRequest
{
    public string? Rule { get; init; }

    public string? Resource { get; init; }

    public string? ResourceType { get; init; }

    public string? Account { get; init; }

    public string? Region { get; init; }

    public OrderMatch Match => new()
    {
        Rule = Rule,
        Resource = Resource,
        ResourceType = ResourceType,
        Account = Account,
        Region = Region,
    };
}

/// <summary>How the command ended, by the names of the command line.</summary>
internal sealed record OperateAnswer(string Outcome, string? Incident, string? Why);

/// <summary>Asks for an <see cref="Inspection"/> in place of a command.</summary>
/// <param name="Inspect">True.</param>
internal sealed record InspectRequest(bool Inspect)
{
    /// <summary>The id of the event that is sent in each place; null to send none.</summary>
    public string? Probe { get; init; }
}
