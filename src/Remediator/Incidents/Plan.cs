using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Incidents;

/// <summary>The exact calls that will be made, and what they change. Observe, approve and auto run the same planner.</summary>
internal sealed record Plan(ImmutableArray<StepPlan> Steps) : Stored
{
    private const int IdentityBytes = 6;

    public bool IsAlreadyRight => Steps.IsEmpty;

    [JsonIgnore]
    public IEnumerable<PlannedCall> Calls => Steps.SelectMany(s => s.Calls);

    /// <summary>
    /// A name for these calls and no others: whoever agrees to it agrees to what was shown. By their values, as the journal may write them
    /// otherwise than the planner.
    /// </summary>
    public string Identity => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Calls.Select(Written)))).AsSpan(0, IdentityBytes));

    /// <summary>
    /// A person approved certain calls, and no others. By their values: the journal may write a quotation mark otherwise than the planner.
    /// </summary>
    public bool IsOtherThan(Plan? shown) => shown is not null
        && (shown.Calls.Count() != Calls.Count() || !shown.Calls.Zip(Calls).All(pair => IsSame(pair.First, pair.Second)));

    private static string Written(PlannedCall call) => $"{call.Operation} {Json.Write(call.Input.WriteTo).GetRawText()}";

    private static bool IsSame(PlannedCall one, PlannedCall other) =>
        one.Operation == other.Operation && JsonElement.DeepEquals(one.Input, other.Input);
}

/// <summary>What one step changes.</summary>
internal sealed record StepPlan : Stored
{
    public required string Step { get; init; }

    /// <summary>What was read before anything was changed; null where nothing was set.</summary>
    public required JsonElement Before { get; init; }

    /// <summary>What it must be; once verified, what was read back.</summary>
    public required JsonElement After { get; init; }

    /// <summary>The parts that must go, where the step changes a list part by part.</summary>
    public ImmutableArray<JsonElement> Removed { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The parts that must come back, where the step changes a list part by part.</summary>
    public ImmutableArray<JsonElement> Added
    {
        // An earlier version wrote none.
        get => field.IsDefault ? [] : field;
        init;
    }

    /// <summary>It goes back to what AWS Config recorded: by the calls that put things back.</summary>
    public bool IsRollback { get; init; }

    /// <summary>The resource itself goes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Deletes { get; init; }

    public required ImmutableArray<PlannedCall> Calls { get; init; }

    [JsonIgnore]
    public bool IsByPart => !Removed.IsEmpty || !Added.IsEmpty;

    public IEnumerable<Difference> Differences(StateComparer comparer) => IsByPart
        ? [
            .. Removed.Select(item => new Difference(["what has to go"], item, Json.Null)),
            .. Added.Select(item => new Difference(["what has to come back"], Json.Null, item)),
        ]
        : Deletes ? [new Difference(["the resource"], Before, Json.Null)]
        : Difference.Between(Before, After, comparer);
}

/// <summary>One call with its input, as it will go to AWS.</summary>
internal sealed record PlannedCall(string Operation, JsonElement Input) : Stored;
