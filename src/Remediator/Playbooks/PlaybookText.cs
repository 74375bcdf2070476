namespace Remediator.Playbooks;

/// <summary>Describes parts of a playbook to people who do not have its file.</summary>
internal static class PlaybookText
{
    /// <summary>The description of what a playbook keyword holds.</summary>
    public static string Setting(string word, Place at) =>
        $"{(word.Length > 0 ? $"'{word}'" : "A value")}{(Name(at) is { } name ? $" of the playbook {name}" : " of the playbook")}";

    private static string? Name(Place at) => string.IsNullOrEmpty(at.File) ? null : Path.ChangeExtension(at.File, null).Replace('\\', '/');
}
