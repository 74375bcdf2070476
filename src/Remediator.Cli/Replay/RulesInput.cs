using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Values;

namespace Remediator.Cli.Replay;

/// <summary>Reads rules from a file.</summary>
internal static class RulesInput
{
    /// <summary>
    /// What <c>aws configservice describe-config-rules</c> writes, its list alone, or identifiers of managed rules, one a line.
    /// </summary>
    /// <exception cref="UsageException">The file is not there, or holds no rule.</exception>
    public static ImmutableArray<ConfigRule> Read(FileInfo file)
    {
        if (!file.Exists)
        {
            throw new UsageException($"There is no file '{file.Name}'.");
        }

        var text = File.ReadAllText(file.FullName);
        var rules = text.TrimStart() is ['{' or '[', ..] ? FromJson(text, file.Name) : FromLines(text);
        return rules is [] ? throw new UsageException($"'{file.Name}' holds no rules.") : rules;
    }

    private static ImmutableArray<ConfigRule> FromJson(string text, string name)
    {
        try
        {
            var root = Json.Parse(text);
            var list = root.IsList() ? root : root.Member("ConfigRules");
            return list.IsList() ? [.. list.EnumerateArray().Select(AwsConfigService.Rule)] : [];
        }
        catch (JsonException e)
        {
            throw new UsageException($"'{name}' cannot be read as JSON: {e.Message}");
        }
    }

    private static ImmutableArray<ConfigRule> FromLines(string text) =>
    [
        .. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] is not '#')
            .Select(id => new ConfigRule(id, "", "AWS", id, Json.EmptyObject)),
    ];
}
