using System.Globalization;
using System.Text.Json;
using Remediator.Authoring.Catalog;
using Remediator.Aws;
using Remediator.Values;

namespace Remediator.Testing.Fakes;

/// <summary>Config rules and evaluations; the test sets the evaluations, since nothing here evaluates rules.</summary>
internal sealed class FakeConfig
{
    private readonly Dictionary<string, JsonElement> _rules = new(StringComparer.Ordinal);

    public FakeConfig(FakeAws aws)
    {
        aws.On("config:PutConfigRule", Put);
        aws.On("config:DeleteConfigRule", input =>
            _rules.Remove(input.TextOf("ConfigRuleName")!) ? Json.EmptyObject : throw Unknown("config:DeleteConfigRule"));
        aws.On("config:DescribeConfigRules", Describe);
        aws.On("config:GetComplianceDetailsByResource", Evaluations.Answer);
        aws.On("config:GetComplianceDetailsByConfigRule", Evaluations.NonCompliant);
        aws.On("config:DescribeComplianceByConfigRule", Evaluations.NonCompliantRules);
        aws.On("config:StartConfigRulesEvaluation", "{}");
        aws.On("config:GetResourceConfigHistory", History);
    }

    private readonly List<(DateTimeOffset At, JsonElement Item)> _items = [];

    public EvaluationTable Evaluations { get; } = new();

    /// <summary>Records an item unchanged.</summary>
    public void Record(JsonElement item) => _items.Add(
        (DateTimeOffset.Parse(item.TextOf("configurationItemCaptureTime")!, CultureInfo.InvariantCulture), item));

    private JsonElement History(JsonElement input)
    {
        var of = _items
            .Where(i =>
                i.Item.TextOf("resourceType") == input.TextOf("resourceType") && i.Item.TextOf("resourceId") == input.TextOf("resourceId"))
            .ToList();
        return of is []
            ? throw FakeAws.Error("config:GetResourceConfigHistory", "ResourceNotDiscoveredException", 400)
            : Json.Object([
                new(
                    "configurationItems",
                    Json.List(
                        of.Where(i => i.At >= DateTimeOffset.UnixEpoch.AddSeconds(input.Member("earlierTime").GetDouble()))
                            .OrderByDescending(i => i.At)
                            .Select(i => i.Item))),
            ]);
    }

    private static AwsException Unknown(string operation) => FakeAws.Error(operation, "NoSuchConfigRuleException", 400);

    private JsonElement Put(JsonElement input)
    {
        var rule = input.Member("ConfigRule");
        var name = rule.TextOf("ConfigRuleName")!;
        var arn = string.Create(
            CultureInfo.InvariantCulture,
            $"arn:aws:config:{FakeAws.Region}:{FakeAws.Account}:config-rule/config-rule-{_rules.Count + 1:000000}");
        _rules[name] = Merging.Merge(rule, Json.Object([KeyValuePair.Create("ConfigRuleArn", Json.Text(arn))]));
        return Json.EmptyObject;
    }

    private JsonElement Describe(JsonElement input)
    {
        var names = input.Member("ConfigRuleNames") is { ValueKind: JsonValueKind.Array } some
            ? some.EnumerateArray().Select(n => n.GetString()!)
            : _rules.Keys;
        var rules = names.Select(n => _rules.TryGetValue(n, out var rule) ? rule : throw Unknown("config:DescribeConfigRules"));
        return Json.Object([KeyValuePair.Create("ConfigRules", Json.List(rules))]);
    }
}
