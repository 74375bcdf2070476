using System.Globalization;

namespace Remediator.Aws;

/// <summary>Reads variables and gathers every problem, so that one failed start names all of them.</summary>
internal sealed class SettingsReader(Func<string, string?> environment)
{
    private readonly List<string> missing = [];
    private readonly List<string> invalid = [];

    public string? Optional(string name) => environment(name) is { Length: > 0 } value ? value : null;

    public string Required(string name)
    {
        if (Optional(name) is { } value)
        {
            return value;
        }

        missing.Add(name);
        return "";
    }

    public DateTimeOffset? OptionalTime(string name)
    {
        if (Optional(name) is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }

        invalid.Add($"{name} is '{text}'; it must be a day or a time, such as 2026-12-31.");
        return null;
    }

    public T Choice<T>(string name, IReadOnlyDictionary<string, T> choices)
        where T : struct => Required(name) is { Length: > 0 } value ? Chosen(name, value, choices) : default;

    public T Optional<T>(string name, IReadOnlyDictionary<string, T> choices, T otherwise)
        where T : struct => Optional(name) is { } value ? Chosen(name, value, choices) : otherwise;

    public void ThrowIfAnyProblem()
    {
        if (missing is not [])
        {
            invalid.Insert(0, $"Missing from the environment: {string.Join(", ", missing)}.");
        }

        if (invalid is not [])
        {
            throw new SettingsException(string.Join(' ', invalid));
        }
    }

    private T Chosen<T>(string name, string value, IReadOnlyDictionary<string, T> choices)
        where T : struct
    {
        if (choices.TryGetValue(value, out var choice))
        {
            return choice;
        }

        invalid.Add($"{name} is '{value}'; it must be one of {string.Join(", ", choices.Keys.Order(StringComparer.Ordinal))}.");
        return default;
    }
}
