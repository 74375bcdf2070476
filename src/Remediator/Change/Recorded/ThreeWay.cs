using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Remediator.Values;

namespace Remediator.Change.Recorded;

/// <summary>What becomes of a setting that is rolled back.</summary>
internal abstract record Merged
{
    private Merged()
    {
    }

    /// <summary>The setting already holds what was recorded as good, as far as the drift goes.</summary>
    internal sealed record Nothing : Merged;

    /// <param name="Target">The live value with the drifted members put back; null where nothing was set.</param>
    /// <param name="Removed">Of a list: the live items that the drift added.</param>
    /// <param name="Added">Of a list: the recorded items that the drift took away.</param>
    internal sealed record Change(JsonElement Target, ImmutableArray<JsonElement> Removed, ImmutableArray<JsonElement> Added) : Merged;

    /// <summary>Somebody changed a drifted member after Config recorded it last.</summary>
    internal sealed record ChangedSince(ImmutableArray<Difference> Differences) : Merged;

    /// <summary>Config does not record the value that would have to be written.</summary>
    internal sealed record Masked(ImmutableArray<string> At) : Merged;
}

/// <summary>
/// Puts a setting back from what Config recorded, member by member: a member is put back only where the good value differs from the live
/// one and the live one is what Config recorded last. All other members keep their live value.
/// </summary>
/// <remarks>
/// <code>
/// good = live                        nothing to do
/// good = bad                         not part of the drift: the live value stays, whoever changed it
/// good and bad differ, live = latest the good value; where it is absent the member goes
/// good, latest and live differ       somebody changed it since: nothing of the setting is changed
/// </code>
/// Good is what was recorded while the rule held, bad what the rule judged when it no longer did, latest what was recorded last.
/// A setting that is a list is merged item by item, and so are the statements of a policy document; another list inside an object is one
/// value.
/// </remarks>
internal sealed class ThreeWay(Canonical canonical)
{
    private readonly List<Difference> _changedSince = [];
    private readonly List<string> _masked = [];

    public static Merged Merge(RecordedValues recorded, JsonElement live, IReadOnlyCollection<string> ignored) =>
        new ThreeWay(new(ignored)).Merge(recorded, live);

    private Merged Merge(RecordedValues recorded, JsonElement live)
    {
        if (recorded.IsList(live))
        {
            return ListMerge.Of(recorded, live, canonical);
        }

        var target = Member([], recorded, live);
        return this switch
        {
            { _changedSince: not [] } => new Merged.ChangedSince([.. _changedSince]),
            { _masked: not [] } => new Merged.Masked([.. _masked]),
            _ when canonical.Same(target, live) => new Merged.Nothing(),
            _ => new Merged.Change(target, [], []),
        };
    }

    private JsonElement Member(ImmutableArray<string> path, RecordedValues recorded, JsonElement live)
    {
        var (good, bad, latest) = recorded;
        if (canonical.Same(good, live) || canonical.Same(good, bad))
        {
            return live;
        }

        if (path is [.., var name] && PolicyDocument.IsStatement(name, recorded, live))
        {
            return Statements(path, recorded, live);
        }

        if (AreObjects(good, bad, latest, live))
        {
            return Members(path, recorded, live);
        }

        if (!canonical.Same(live, latest))
        {
            _changedSince.Add(new(path, good, live));
            return live;
        }

        if (Masks.IsMasked(good) || Masks.IsMasked(latest))
        {
            _masked.Add(path.IsEmpty ? "the value" : string.Join('.', path));
            return live;
        }

        return Canonical.IsAbsent(good) ? Json.Null : Typed(good, live);
    }

    private JsonElement Statements(ImmutableArray<string> path, RecordedValues recorded, JsonElement live)
    {
        switch (PolicyDocument.Merge(recorded, live, canonical))
        {
            case Merged.Change(var target, _, _):
                return target;
            case Merged.ChangedSince(var differences):
                _changedSince.AddRange(differences.Select(d => d with { Path = path.AddRange(d.Path) }));
                return live;
            case Merged.Masked:
                _masked.Add(string.Join('.', path));
                return live;
            default:
                return live;
        }
    }

    private JsonElement Members(ImmutableArray<string> path, RecordedValues recorded, JsonElement live)
    {
        var members = Names(live, recorded.Good, recorded.Bad, recorded.Latest)
            .Select(name => KeyValuePair.Create(name, canonical.Ignores(name)
                ? live.Member(name)
                : Member(path.Add(name), recorded.Member(name), live.Member(name))))
            .Where(m => !m.Value.IsNull())
            .ToList();
        var value = PolicyDocument.Left(recorded.Good, Json.Object(members), live);

        // Where nothing was set, nothing is left: ids that AWS gave to the setting go with it.
        return Canonical.IsAbsent(recorded.Good) && canonical.Of(value).Length == 0 ? Json.Null : value;
    }

    /// <summary>At least one of them is: where all are absent, good and live are the same.</summary>
    private static bool AreObjects(params IEnumerable<JsonElement> values) => values.All(v => v.IsObject() || Canonical.IsAbsent(v));

    private static IEnumerable<string> Names(params IEnumerable<JsonElement> values) => values
        .Where(v => v.IsObject())
        .SelectMany(v => v.EnumerateObject().Select(m => m.Name))
        .Distinct(StringComparer.Ordinal);

    /// <summary>Config records some numbers and switches as text; an API wants the type that it answers with.</summary>
    private static JsonElement Typed(JsonElement good, JsonElement live) =>
        (good.ValueKind, live.ValueKind) switch
        {
            (JsonValueKind.String, JsonValueKind.Number)
                when decimal.TryParse(
                    good.GetString(),
                    NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out var number
                ) => Json.Write(w => w.WriteNumberValue(number)),
            (JsonValueKind.String, JsonValueKind.True or JsonValueKind.False) when good.GetString() is "true" or "false" => Json.Parse(
                good.GetString()!),
            (JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False, JsonValueKind.String) => Json.Text(good.GetRawText()),
            _ => good,
        };
}
