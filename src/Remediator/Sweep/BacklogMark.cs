using System.Globalization;
using System.Text.Json;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Sweep;

/// <summary>
/// Where the look at the backlog stopped: a place, the rule from which to go on, its page; or the time of the next round.
/// </summary>
internal sealed record BacklogMark(int Place, string Rule, string? Page, DateTimeOffset? NotBefore)
{
    public string Text => Json.Write(w =>
    {
        w.WriteStartObject();
        w.WriteNumber("place"u8, Place);
        w.WriteString("rule"u8, Rule);
        if (Page is not null)
        {
            w.WriteString("page"u8, Page);
        }

        if (NotBefore is { } time)
        {
            w.WriteString("notBefore"u8, time.ToString("O", CultureInfo.InvariantCulture));
        }

        w.WriteEndObject();
    }).GetRawText();

    public static BacklogMark At(int place) => new(place, "", null, null);

    public static BacklogMark Rest(DateTimeOffset until) => new(0, "", null, until);

    public static BacklogMark Read(string? text)
    {
        if (text is null)
        {
            return At(0);
        }

        var mark = Json.Parse(text);
        return new(
            mark.Member("place") is { ValueKind: JsonValueKind.Number } place ? place.GetInt32() : 0,
            mark.TextOf("rule") ?? "",
            mark.TextOf("page"),
            mark.TextOf("notBefore") is { } time ? DateTimeOffset.Parse(time, CultureInfo.InvariantCulture) : null);
    }

    /// <summary>The mark of a round that goes on, or begins once the rest is over.</summary>
    public BacklogMark Awake(DateTimeOffset now) => NotBefore <= now ? At(0) : this;
}
