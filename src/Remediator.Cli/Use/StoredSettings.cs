using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Values;

namespace Remediator.Cli.Use;

/// <summary>The deployment that a person works with, as <c>remediator use</c> keeps it in a file of that person's.</summary>
/// <param name="Stack">The CloudFormation stack that it was read from.</param>
/// <param name="Values">Variables and their values: what the environment would say.</param>
internal sealed record StoredSettings(string Stack, ImmutableSortedDictionary<string, string> Values)
{
    /// <summary>Where the file is; null where the environment names no home.</summary>
    public static string? PathFor(Func<string, string?> environment)
    {
        var folder = Given(environment, "XDG_CONFIG_HOME")
            ?? (OperatingSystem.IsWindows() ? Given(environment, "APPDATA") : null)
            ?? (Given(environment, "HOME") is { } home ? Path.Combine(home, ".config") : null);
        return folder is null ? null : Path.Combine(folder, "remediator", "settings.json");
    }

    /// <summary>Null where none are kept.</summary>
    /// <exception cref="SettingsException">The file cannot be used.</exception>
    public static StoredSettings? Read(string? file)
    {
        if (file is null || !File.Exists(file))
        {
            return null;
        }

        try
        {
            var root = Json.Parse(File.ReadAllText(file));
            return new(
                root.TextOf("stack") ?? throw new JsonException("It names no stack."),
                root.Member("settings")
                    .EnumerateObject()
                    .ToImmutableSortedDictionary(m => m.Name, m => m.Value.GetString() ?? "", StringComparer.Ordinal));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new SettingsException(
                $"{file} cannot be used: {e.Message} 'remediator use --stack NAME' writes it anew, 'remediator use --clear' deletes it.");
        }
    }

    public void Write(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var text = Json.Write(w =>
        {
            w.WriteStartObject();
            w.WriteString("stack"u8, Stack);
            w.WriteStartObject("settings"u8);
            foreach (var (name, value) in Values)
            {
                w.WriteString(name, value);
            }

            w.WriteEndObject();
            w.WriteEndObject();
        }).GetRawText();

        // Replaced atomically: a concurrent reader sees the old or the new file.
        var whole = $"{file}.{Environment.ProcessId}";
        File.WriteAllText(whole, text + "\n");
        File.Move(whole, file, overwrite: true);
    }

    /// <summary>
    /// The environment, and what is kept where that says nothing. The settings of one deployment belong together: where the environment
    /// names a journal, nothing of what is kept counts.
    /// </summary>
    public static Func<string, string?> Under(Func<string, string?> environment)
    {
        var stored = new Lazy<StoredSettings?>(() => Read(PathFor(environment)));
        return name =>
            Given(environment, name)
            ?? (IsKept(name) && Counts(name) ? stored.Value?.Values.GetValueOrDefault(name) : null)
            ?? environment(name);

        bool Counts(string name) =>
            Given(environment, CliSettings.JournalVariable) is null
            && !(name is "AWS_REGION" && Given(environment, "AWS_DEFAULT_REGION") is not null);
    }

    private static bool IsKept(string name) =>
        name is "AWS_REGION" or "AWS_PROFILE" || name.StartsWith("REMEDIATOR_", StringComparison.Ordinal);

    private static string? Given(Func<string, string?> environment, string name) =>
        environment(name) is { Length: > 0 } value ? value : null;
}
