using System.Collections.Immutable;
using System.Globalization;
using Remediator.Playbooks;
using YamlDotNet.RepresentationModel;

namespace Remediator.Decide;

/// <summary>Reads the numbers of the policy: budgets, guards, how often people are called, and the backlog.</summary>
internal sealed class PolicyLimits(YamlReader yaml)
{
    private static readonly Policy Otherwise = new() { Defaults = new(Match.All), Budgets = Decide.Budgets.Default };

    public Budgets Budgets(YamlNode node)
    {
        var map = yaml.Map(node, "per-hour", "per-account", "per-playbook");
        var otherwise = Decide.Budgets.Default;
        return new(
            Number(map, "per-hour", 0, otherwise.PerHour),
            Number(map, "per-account", 0, otherwise.PerAccount),
            Number(map, "per-playbook", 0, otherwise.PerPlaybook));
    }

    public Guards Guards(YamlNode? node)
    {
        if (node is null)
        {
            return Otherwise.Guards;
        }

        var map = yaml.Map(node, "failures", "reverts", "revert-window");
        return new(
            Number(map, "failures", 1, Otherwise.Guards.Failures),
            Number(map, "reverts", 1, Otherwise.Guards.Reverts),
            Duration(map, "revert-window", Otherwise.Guards.RevertWindow));
    }

    public Escalations Escalations(YamlNode? node)
    {
        if (node is null)
        {
            return Otherwise.Escalations;
        }

        var map = yaml.Map(node, "per-hour", "remind-after");
        var ladder = map.Each("remind-after", yaml.Duration);
        if (!ladder.SequenceEqual(ladder.Order()))
        {
            yaml.Add("PO002", yaml.At(map["remind-after"]!), "each reminder must come after the one before it");
        }

        return new(Number(map, "per-hour", 1, Otherwise.Escalations.PerHour), ladder);
    }

    public BacklogPolicy Backlog(YamlNode? node)
    {
        if (node is null)
        {
            return Otherwise.Backlog;
        }

        var map = yaml.Map(node, "accounts", "regions", "per-sweep", "every");
        return new(
            map.Texts("accounts"),
            map.Texts("regions"),
            Number(map, "per-sweep", 0, Otherwise.Backlog.PerSweep),
            Duration(map, "every", Otherwise.Backlog.Every));
    }

    public int Number(YamlNode node, int least, int most)
    {
        var text = yaml.Text(node).TrimEnd('%');
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        yaml.Add("PO002", yaml.At(node), $"'{text}' is not a whole number from {least} to {most}");
        return least;
    }

    private int Number(YamlMapping map, string word, int least, int otherwise) => map[word] is { } node ? Number(node, least, 1_000_000) : otherwise;

    private static TimeSpan Duration(YamlMapping map, string word, TimeSpan otherwise) => map.Has(word) ? map.Duration(word) : otherwise;
}
