using Remediator.Values;

namespace Remediator.Escalate.Forms;

/// <summary>A subject, which SNS takes in ASCII, without line breaks, and under 100 characters; and a text message.</summary>
internal static class ShortForm
{
    private const int LongestSubject = 99;
    private const int LongestText = 300;

    /// <summary>A name keeps so many characters, however much else there is to say.</summary>
    private const int LeastName = 16;

    public static string Subject(NoticeFacts facts)
    {
        var (what, name) = (Ascii($": {facts.HeadlineInShort}"), Ascii(facts.WrongInShort));
        var account = facts.Account.Length > 0 ? facts.Account : "all accounts";
        var where = Ascii($"[{facts.Severity}] {account} {facts.Region}".TrimEnd());
        var resource = facts.Resource.Length > 0 ? $" {Ascii(facts.Resource)}" : "";
        var room = LongestSubject - where.Length - 2;
        resource = Cut(resource, Math.Max(LeastName, room - name.Length - what.Length));
        name = Cut(name, Math.Max(LeastName, room - resource.Length - what.Length));
        return Cut($"{where}{resource}, {name}{what}", LongestSubject);
    }

    public static string Text(NoticeFacts facts)
    {
        var next = facts.Next is [var first, ..] ? $" {first.Command}" : "";
        return Cut(Ascii($"{Subject(facts)}. {facts.Todo}"), LongestText - next.Length).TrimEnd() + Ascii(next);
    }

    private static string Ascii(string text) => string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c : '?'));

    private static string Cut(string text, int longest) =>
        text.Length <= longest ? text : string.Concat(text.AsSpan(0, longest - 3), "...");
}
