namespace Remediator.Playbooks;

/// <summary>Places of a playbook in words for people, who have neither its file nor its lines before them.</summary>
internal static class PlaybookText
{
    /// <summary>What stands under one of a playbook's words.</summary>
    public static string Setting(string word, Place at) =>
        $"{(word.Length > 0 ? $"'{word}'" : "A value")}{(Name(at) is { } name ? $" of the playbook {name}" : " of the playbook")}";

    private static string? Name(Place at) => string.IsNullOrEmpty(at.File) ? null : Path.ChangeExtension(at.File, null).Replace('\\', '/');
}
