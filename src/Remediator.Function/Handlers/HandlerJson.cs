using System.Text.Json;
using System.Text.Json.Serialization;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Sweep;
using Remediator.Values;

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

    /// <summary>What goes back, and to when.</summary>
    public RollbackRequest? Rollback { get; init; }

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

/// <summary>Which resource goes back, and to when.</summary>
internal sealed record RollbackRequest(string Type, string Id, DateTimeOffset To)
{
    /// <summary>Null for the function's own account.</summary>
    public string? Account { get; init; }

    /// <summary>Null for the function's own region.</summary>
    public string? Region { get; init; }

    public string? Rule { get; init; }

    public bool DryRun { get; init; }

    public RollbackOrder Order(string ownRegion) =>
        new(new(Account ?? "", Region ?? ownRegion, Type, Id), To) { Rule = Rule, IsDryRun = DryRun };
}

/// <summary>How the command ended, by the names of the command line.</summary>
internal sealed record OperateAnswer(string Outcome, string? Incident, string? Why)
{
    /// <summary>Of a rollback: the calls that were made, or would be.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AnswerCall>? Calls { get; init; }

    /// <summary>Of a rollback: the settings as they were read, and as they are afterwards, or would be.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AnswerSetting>? Settings { get; init; }
}

/// <summary>One call of a plan.</summary>
internal sealed record AnswerCall(string Operation, JsonElement Input);

/// <summary>One setting of a plan. Whoever may give commands may not read every secret: those are hidden, as in a notice.</summary>
/// <param name="Removed">The parts that go, where it is changed part by part.</param>
/// <param name="Added">The parts that come back.</param>
internal sealed record AnswerSetting(
    string Name, JsonElement Before, JsonElement After, IReadOnlyList<JsonElement> Removed, IReadOnlyList<JsonElement> Added)
{
    public static AnswerSetting Of(StepPlan s) => new(
        s.Step,
        HiddenValues.Of(s.Step, s.Before),
        HiddenValues.Of(s.Step, s.After, s.Before),
        [.. s.Removed.Select(part => HiddenValues.Of(s.Step, part))],
        [.. s.Added.Select(part => HiddenValues.Of(s.Step, part))]);
}

/// <summary>Asks for an <see cref="Inspection"/> in place of a command.</summary>
/// <param name="Inspect">True.</param>
internal sealed record InspectRequest(bool Inspect)
{
    /// <summary>The id of the event that is sent in each place; null to send none.</summary>
    public string? Probe { get; init; }
}
