using Remediator.Aws;

namespace Remediator.Playbooks;

/// <summary>A place in a file that a person wrote; lines and columns count from 1.</summary>
internal readonly record struct Place(string File, int Line, int Column)
{
    public override string ToString() => $"{File}({Line},{Column})";
}

/// <summary>Something wrong in a file that a person wrote: where, what, and what would be right.</summary>
internal sealed record Problem(string Code, Place At, string Message)
{
    /// <summary>Worth a look, but nothing that keeps the file from doing what it says.</summary>
    public bool IsWarning { get; init; }

    public override string ToString() => $"{At}: {(IsWarning ? "warning" : "error")} {Code}: {Message}";
}

/// <summary>A playbook or policy that cannot be used; it names every problem at once.</summary>
internal sealed class InvalidFileException(IReadOnlyList<Problem> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<Problem> Problems { get; } = problems;
}
