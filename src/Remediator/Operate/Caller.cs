namespace Remediator.Operate;

/// <summary>Who gives a command, as AWS verified it.</summary>
/// <param name="Arn">As IAM has it: of a user, or of a session of a role.</param>
internal sealed record Caller(string Arn)
{
    private const int LongestIdentity = 64;

    public string Account => Part(4);

    /// <summary>The name of the role, or of the user.</summary>
    public string Name => Path is ["assumed-role", var role, ..] ? role : Path[^1];

    /// <summary>The session of the role, which is a person's name where people sign in by it; null for a user.</summary>
    public string? Session => Path is ["assumed-role", _, .. var session] ? string.Join('/', session) : null;

    /// <summary>For the history: no more than a line needs.</summary>
    public string Shown => $"{Name}{(Session is { } session ? $"/{session}" : "")} of {Account}";

    /// <summary>For CloudTrail, which has room for so much: of a long name of a role the end is left out, of a session nothing.</summary>
    public string Identity => Session is not { Length: > 0 } session ? Name
        : session.Length >= LongestIdentity - 1 ? session
        : $"{Name[..Math.Min(Name.Length, LongestIdentity - 1 - session.Length)]}={session}";

    private string[] Path => Part(5).Split('/');

    /// <summary>Null where the text is no ARN of a caller.</summary>
    public static Caller? Of(string? arn) =>
        arn is not null && arn.Split(':', 6) is ["arn", _, "iam" or "sts", _, { Length: 12 }, { Length: > 0 }] ? new(arn) : null;

    private string Part(int index) => Arn.Split(':', 6)[index];
}
