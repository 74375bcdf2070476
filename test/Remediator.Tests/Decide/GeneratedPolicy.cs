using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Remediator.Decide;
using Remediator.Incidents;

namespace Remediator.Tests.Decide;

/// <summary>An entry as plain texts: its match, and its settings by path.</summary>
internal sealed record GeneratedEntry(ImmutableSortedDictionary<string, string> Match, ImmutableSortedDictionary<string, string> Words)
{
    public bool Holds(Subject s) => Match.All(m => m.Key switch
    {
        "rule" => s.ManagedIdentifier.Length > 0 && Like(m.Value, s.ManagedIdentifier),
        "rule-name" => Like(m.Value, s.RuleName),
        "account" => Like(m.Value, s.Resource.Account),
        "resource-type" => Like(m.Value, s.Resource.Type),
        "service" => s.Resource.Type.StartsWith(m.Value is "s3" ? "AWS::S3::" : "AWS::SNS::", StringComparison.Ordinal),
        "set" => s.ManagedIdentifier is "S3_BUCKET_VERSIONING_ENABLED",
        "resource" => Like(m.Value, s.Resource.Id),
        _ => s.Tags is { } tags && tags.TryGetValue(m.Key, out var value) && Like(m.Value, value),
    });

    public string Yaml() =>
        $"{{match: {{{string.Join(", ", Match.Select(m => m.Key is "Stage" ? $"tag: {{Stage: {m.Value}}}" : $"{m.Key}: '{m.Value}'"))}}}, "
        + $"{Said()}}}";

    private static string Written(KeyValuePair<string, string> word) => word.Value.Split(" after ") is [var owner, var time]
        ? $"{word.Key}: {{after: {time}, owner: {owner}}}"
        : $"{word.Key}: {word.Value}";

    private static bool Like(string pattern, string text) =>
        pattern.EndsWith('*') ? text.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == text;

    private string Said()
    {
        var tags = Words
            .Where(w => w.Key.StartsWith("params.tags.", StringComparison.Ordinal))
            .Select(w => $"{w.Key["params.tags.".Length..]}: '{w.Value}'")
            .ToList();
        var own = Words.Where(w => w.Key is "params.kmsKeyId").Select(w => $"kmsKeyId: '{w.Value}'");
        string[] parameters = [.. own, .. tags is [] ? (string[])[] : [$"tags: {{{string.Join(", ", tags)}}}"]];
        string[] words = [.. Words.Where(w => !w.Key.StartsWith("params.", StringComparison.Ordinal)).Select(Written)];
        return string.Join(", ", parameters is [] ? words : [.. words, $"params: {{{string.Join(", ", parameters)}}}"]);
    }
}

/// <summary>Policies of a few entries over few names, so that entries often overlap.</summary>
internal static class GeneratedPolicy
{
    private static readonly (string Word, string[] Values)[] Matches =
    [
        ("rule", ["S3_BUCKET_VERSIONING_ENABLED", "S3_*", "SNS_ENCRYPTED_KMS"]),
        ("rule-name", ["our-own", "s3-bucket-versioning-enabled", "s3-*"]),
        ("account", ["111111111111", "222222222222", "1*"]),
        ("resource-type", ["AWS::S3::Bucket", "AWS::SNS::*"]),
        ("resource", ["logs-1", "logs-*"]),
        ("service", ["s3", "sns"]),
        ("set", ["Operational-Best-Practices-for-ABS-CCIGv2-Material-Part-2"]),
        ("Stage", ["dev"]),
    ];

    private static readonly (string Word, string[] Values)[] Words =
    [
        ("mode", ["observe", "approve", "auto"]),
        ("owner", ["shop", "payments"]),
        ("severity", ["error", "critical"]),
        ("rollout", ["25%", "50%"]),
        ("escalate-to", ["night after 4h", "board after 1d"]),
        ("warn-before", ["3d", "2h"]),
        ("settle", ["15m", "0s"]),
        ("playbook", ["s3/bucket-versioning", "s3/bucket-public-access-block"]),
        ("to", ["wanted", "last-compliant"]),
        ("params.kmsKeyId", ["alias/a", "alias/b"]),
        ("params.tags.Owner", ["a", "b"]),
        ("params.tags.CostCenter", ["c", "d"]),
    ];

    public static Gen<ImmutableArray<GeneratedEntry>> Entries { get; } =
        from count in Gen.Choose(1, 6)
        from entries in Gen.ArrayOf(Entry(), count)
        select entries.ToImmutableArray();

    public static Gen<ImmutableSortedDictionary<string, string>> Said { get; } = Some(Words, 1, 4);

    public static string Yaml(IEnumerable<GeneratedEntry> entries, string mode = "observe") =>
        $"defaults: {{mode: {mode}, owner: platform, params: {{tags: {{Owner: "
        + $"nobody}}}}}}\nrules:\n{string.Concat(entries.Select(e => $"  - {e.Yaml()}\n"))}";

    public static IEnumerable<Subject> Subjects() =>
        from account in (string[])["111111111111", "222222222222"]
        from resource in ((string, string)[])[("AWS::S3::Bucket", "logs-1"), ("AWS::S3::Bucket", "logs-2"), ("AWS::SNS::Topic", "other")]
        from rule in ((string, string)[])
            [("s3-bucket-versioning-enabled", "S3_BUCKET_VERSIONING_ENABLED"), ("sns-encrypted-kms", "SNS_ENCRYPTED_KMS"), ("our-own", "")]
        from stage in (string[])["dev", "prod"]
        select new Subject(new ResourceKey(account, "eu-west-1", resource.Item1, resource.Item2), rule.Item1, rule.Item2)
        {
            Tags = ImmutableDictionary<string, string>.Empty.Add("Stage", stage),
        };

    private static Gen<GeneratedEntry> Entry() =>
        from match in Some(Matches, 1, 3)
        from words in Said
        select new GeneratedEntry(match, words);

    private static Gen<ImmutableSortedDictionary<string, string>> Some((string Word, string[] Values)[] all, int least, int most) =>
        from count in Gen.Choose(least, most)
        from words in Gen.Shuffle(all).Select(shuffled => shuffled.Take(count).ToArray())
        from picks in Gen.ArrayOf(Gen.Choose(0, 5), count)
        select words
            .Zip(picks, (w, pick) => KeyValuePair.Create(w.Word, w.Values[pick % w.Values.Length]))
            .ToImmutableSortedDictionary(StringComparer.Ordinal);
}
