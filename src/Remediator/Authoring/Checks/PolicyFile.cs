using Remediator.Decide;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>Reads a policy for functions, commands and lint: by its schema, and checked against rules, types and playbooks.</summary>
internal static class PolicyFile
{
    /// <exception cref="InvalidFileException">The policy has problems; the exception names them all.</exception>
    public static Policy Read(string path, PlaybookLibrary playbooks)
    {
        var (policy, problems) = TryRead(
            Path.GetFileName(path), File.ReadAllText(path), PlaybookSet.Of(playbooks), DateTimeOffset.MinValue);
        return policy ?? throw new InvalidFileException([.. problems.Where(p => !p.IsWarning)]);
    }

    /// <summary>The policy, unless it has an error; warnings do not prevent its use.</summary>
    /// <param name="name">The file's name in problems.</param>
    /// <param name="text">The file's content.</param>
    /// <param name="playbooks">The playbooks that it may refer to.</param>
    /// <param name="now">Decides which exemptions have ended.</param>
    public static (Policy? Policy, IReadOnlyList<Problem> Problems) TryRead(
        string name, string text, PlaybookSet playbooks, DateTimeOffset now)
    {
        var (policy, problems) = PolicyReader.TryRead(name, text);
        if (policy is null)
        {
            return (null, problems);
        }

        problems = new PolicyCheck(name, text, playbooks).Of(policy, now);
        return (problems.Any(p => !p.IsWarning) ? null : policy, problems);
    }
}
