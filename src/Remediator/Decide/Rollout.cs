using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.Decide;

/// <summary>The places of resources in a growing share of all of them.</summary>
internal static class Rollout
{
    /// <summary>Always the same number from 0 to 99 for a resource, so that a growing share keeps those it had.</summary>
    public static int PlaceOf(ResourceKey resource) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{resource.Account}|{resource.Type}|{resource.Id}"))[0] * 100 / 256;

    /// <summary>The entry for a resource: one outside of the share is observed.</summary>
    public static PolicyEntry Of(PolicyEntry entry, ResourceKey resource, RolloutBook book) =>
        entry.Rollout is not { } said || entry.Mode is not (Mode.Approve or Mode.Auto) ? entry
        : ShareOf(entry, book) is var share && PlaceOf(resource) >= share ? entry with { Mode = Mode.Observe, LeftOut = share }
        : said.Ramp is null ? entry
        : entry with { RolloutId = IdOf(entry) };

    /// <summary>
    /// The share in force. One that rises has its first share before the sweep has noted its beginning, and none where how far it is
    /// cannot be believed.
    /// </summary>
    public static int ShareOf(PolicyEntry entry, RolloutBook book) => entry.Rollout switch
    {
        null => 100,
        { Ramp: null, Percent: var percent } => percent,
        { Ramp: { } ramp } => book.Unbelieved is not null ? 0
            : book.Find(IdOf(entry)) is { } state ? Math.Min(state.Share, ramp.To)
            : ramp.Start,
    };

    /// <summary>
    /// A rising share is known by its terms and its mode, and by what the entries that say them are about: where any of these is another,
    /// it begins anew.
    /// </summary>
    public static string IdOf(PolicyEntry entry)
    {
        var ramp = entry.Rollout?.Ramp;
        return $"rollout-{PlaybookLibrary.HashOf($"{ramp?.About}|{ramp}|{entry.ModeFrom}|{entry.Mode?.Name()}")[..10]}";
    }
}

/// <summary>A rising share of the policy, for one mode.</summary>
/// <param name="Id">What it is known by.</param>
/// <param name="Ramp">How it rises.</param>
/// <param name="About">What it is about and how it rises, as one would write it.</param>
/// <param name="Match">What the entry that says it is about.</param>
internal sealed record PolicyRollout(string Id, Ramp Ramp, string About, Match Match)
{
    public required string Owner { get; init; }

    /// <summary>All of a policy: each entry that says one, with each that says a mode and may be about the same.</summary>
    public static ImmutableArray<PolicyRollout> Of(Policy policy)
    {
        ImmutableArray<PolicyEntry> all = [.. policy.Rules, policy.Defaults];
        return
        [
            .. (from rising in all
                where rising.Rollout?.Ramp is not null
                from acting in all
                where acting.Mode is Mode.Approve or Mode.Auto && MatchOverlap.May(rising.Match, acting.Match)
                select Of(policy, rising, acting)).DistinctBy(r => r.Id),
        ];
    }

    private static PolicyRollout Of(Policy policy, PolicyEntry rising, PolicyEntry acting)
    {
        var ramp = rising.Rollout!.Ramp!;
        var entry = rising with { Mode = acting.Mode, ModeFrom = acting.ModeFrom };

        // What the defaults say, their empty owner too, counts only where no entry says one.
        string? Said(PolicyEntry by) => ReferenceEquals(by, policy.Defaults) ? null : by.Owner;
        string[] about = [.. new[] { ramp.About, acting.ModeFrom ?? "" }.Where(a => a.Length > 0).Distinct()];
        return new(
            Rollout.IdOf(entry),
            ramp,
            $"{(about is [] ? "everything" : string.Join(", and ", about))}: mode {acting.Mode?.Name()}, {ramp}",
            rising.Match)
        {
            Owner = Said(acting) ?? Said(rising) ?? Owners.Of(policy, acting.ModeFrom is "" or null ? rising.Match : acting.Match),
        };
    }
}
