using Remediator.Values;

namespace Remediator.Operate;

/// <summary>What a person wrote into a command: held to one line of bounded length before anything is done with it.</summary>
internal static class CommandText
{
    public const int LongestBy = 128;
    private const int LongestVerified = 512;
    public const int LongestWhy = 500;
    private const int LongestId = 64;

    /// <summary>Before a name that AWS did not verify.</summary>
    public const string Claimed = "claimed=";

    /// <summary>Why the command's texts are refused; null where they are good.</summary>
    public static string? Objection(OperatorCommand command) =>
        string.IsNullOrWhiteSpace(command.By) ? "A command needs the name of whoever gives it: --by NAME."
        : Objection("--by", command.By, command.Caller is null ? LongestBy : LongestVerified)
        ?? Objection("--why", command.Why ?? "", LongestWhy)
        ?? Objection("the incident id", command.Incident, LongestId)
        ?? Objection("--plan", command.Plan ?? "", LongestId)
        ?? command.Rollback?.Texts.Select(t => Objection(t.What, t.Text, LongestVerified)).FirstOrDefault(o => o is not null);

    /// <summary>
    /// The line that the history gets. Who gave the command is whom AWS verified, where it came through the function's URL; else what he
    /// says himself: only who may invoke the function is known to AWS then, and stands in CloudTrail.
    /// </summary>
    public static string Note(OperatorCommand command) =>
        $"{command.Verb.ToString().ToLowerInvariant()}{(command.Rollback is { } back ? $" to {back.To:u}" : "")}, {Giver(command)}"
        + (command.Why is { } why ? $": {why}" : "");

    public static string Giver(OperatorCommand command) =>
        command.Caller is { } caller ? $"verified as {caller.Shown}" : $"claimed by {command.By}";

    private static string? Objection(string what, string text, int longest) =>
        text.Length > longest ? $"{what} has {text.Length} characters; {longest} are the most."
        : PlainText.IsPrintable(text) ? null
        : $"{what} holds a line end, or a character that cannot be printed: write one line of plain text.";
}
