using Remediator.Aws;

namespace Remediator.Playbooks;

/// <summary>A position in a file that a person wrote; lines and columns count from 1.</summary>
internal readonly record struct Place(string File, int Line, int Column)
{
    public override string ToString() => $"{File}({Line},{Column})";
}

/// <summary>Something wrong in a file that a person wrote: its position, the problem, and what would be right.</summary>
internal sealed record Problem(string Code, Place At, string Message)
{
    /// <summary>Worth a look, but the file can still be used.</summary>
    public bool IsWarning { get; init; }

    public override string ToString() => $"{At}: {(IsWarning ? "warning" : "error")} {Code}: {Message}";
}

/// <summary>A playbook or policy that cannot be used; the message has all its problems.</summary>
internal sealed class InvalidFileException(IReadOnlyList<Problem> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<Problem> Problems { get; } = problems;
}
