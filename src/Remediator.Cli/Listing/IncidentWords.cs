using System.Globalization;
using Remediator.Cli.Output;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Cli.Listing;

/// <summary>An incident in words for a list.</summary>
internal static class IncidentWords
{
    public static bool NeedsPerson(Incident i) => i.State is IncidentState.Escalated or IncidentState.AwaitingApproval;

    public static Tone ToneOf(Incident i) => i switch
    {
        { State: IncidentState.Escalated, Terms.Severity: Severity.Critical or Severity.Error } => Tone.Bad,
        { State: IncidentState.Escalated or IncidentState.AwaitingApproval } => Tone.Warning,
        { State: IncidentState.Fixed or IncidentState.Closed } => Tone.Good,
        _ => Tone.Plain,
    };

    /// <summary>The account by its name; where it has none, by its id.</summary>
    public static string Account(Incident i) => i.Terms.AccountName is { Length: > 0 } name ? name : i.Resource.Account;

    /// <summary>The resource, and what is wrong with it: as Config says it, or else which rule it does not meet.</summary>
    public static string Wrong(Incident i, int longestResource = int.MaxValue)
    {
        var type = i.Resource.Type.Replace("AWS::", "", StringComparison.Ordinal).Replace("::", " ", StringComparison.Ordinal);
        var said = PlainText.Line(i.Origin.Annotation, 200).TrimEnd('.');
        return $"{type} {Middle(i.Resource.Id, longestResource)}: {(said.Length > 0 ? said : $"does not meet {i.Rule.Name}")}";
    }

    /// <summary>What has become of it, or what to do, in a few words.</summary>
    public static string Words(Incident i) => i.State switch
    {
        IncidentState.Escalated or IncidentState.AwaitingApproval when ReasonMeaning.Of(i) is { } meaning => meaning.InShort,
        IncidentState.Observed when i.Reason is { } reason => $"observed; {reason.Name()}",
        IncidentState.Observed => i.Plan is null ? "observed" : "observed; a fix is planned",
        IncidentState.Pending => i.Entries is [.., var last] ? last.What : "waits",
        IncidentState.Fixed => "fixed, AWS Config is to confirm it",
        IncidentState.Held when i.Due is { } due => string.Create(CultureInfo.InvariantCulture, $"held until {due:yyyy-MM-dd}"),
        IncidentState.Applying => "is being changed",
        IncidentState.Verifying => "changed; does not read right yet",
        IncidentState.Undoing => "is being put back",
        IncidentState.Closed => i.IsChanged ? "closed; was fixed" : "closed",
        _ => FilterOptions.StateName(i.State),
    };

    /// <summary>How long ago, in one number: 40m, 5h, 12d.</summary>
    public static string Age(Incident i, DateTimeOffset now) => (now - i.OpenedAt) switch
    {
        { TotalMinutes: < 1 } => "now",
        { TotalHours: < 1 } age => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalMinutes}m"),
        { TotalDays: < 1 } age => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalHours}h"),
        var age => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalDays}d"),
    };

    /// <summary>Shortens a long id in its middle: beginning and end distinguish it.</summary>
    private static string Middle(string text, int longest) => text.Length <= longest
        ? text
        : $"{text[..(longest / 2 - 2)].TrimEnd()}...{text[^(longest / 2 - 1)..].TrimStart()}";
}
