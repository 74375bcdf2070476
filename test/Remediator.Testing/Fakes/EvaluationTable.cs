using System.Text.Json;
using Remediator.Authoring.Catalog;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Testing.Fakes;

/// <summary>Config's evaluations of resources, in place of what the emulator's Config lacks.</summary>
internal sealed class EvaluationTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Rule, string Type, string Id), (string Compliance, DateTimeOffset At)> _results = [];

    public void Say(string rule, ResourceKey resource, string compliance, DateTimeOffset at)
    {
        lock (_gate)
        {
            _results[(rule, resource.Type, resource.Id)] = (compliance, at);
        }
    }

    /// <summary>The response of GetComplianceDetailsByResource.</summary>
    public JsonElement Answer(JsonElement input)
    {
        var (type, id) = (input.TextOf("ResourceType"), input.TextOf("ResourceId"));
        return Results((of, _) => of.Type == type && of.Id == id);
    }

    /// <summary>The response of GetComplianceDetailsByConfigRule, in one page.</summary>
    public JsonElement NonCompliant(JsonElement input)
    {
        var rule = input.TextOf("ConfigRuleName");
        return Results((of, compliance) => of.Rule == rule && compliance is "NON_COMPLIANT");
    }

    /// <summary>The response of DescribeComplianceByConfigRule for non-compliant rules, in one page.</summary>
    public JsonElement NonCompliantRules(JsonElement input)
    {
        lock (_gate)
        {
            var rules = _results.Where(r => r.Value.Compliance is "NON_COMPLIANT").Select(r => r.Key.Rule).Distinct();
            return Json.Object([
                new("ComplianceByConfigRules", Json.List(rules.Select(r => Json.Object([new("ConfigRuleName", Json.Text(r))])))),
            ]);
        }
    }

    private JsonElement Results(Func<(string Rule, string Type, string Id), string, bool> isWanted)
    {
        lock (_gate)
        {
            return Json.Write(w =>
            {
                w.WriteStartObject();
                w.WriteStartArray("EvaluationResults"u8);
                foreach (var (of, result) in _results.Where(r => isWanted(r.Key, r.Value.Compliance)))
                {
                    Write(w, of, result.Compliance, result.At);
                }

                w.WriteEndArray();
                w.WriteEndObject();
            });
        }
    }

    private static void Write(Utf8JsonWriter w, (string Rule, string Type, string Id) of, string compliance, DateTimeOffset at)
    {
        w.WriteStartObject();
        w.WriteStartObject("EvaluationResultIdentifier"u8);
        w.WriteStartObject("EvaluationResultQualifier"u8);
        w.WriteString("ConfigRuleName"u8, of.Rule);
        w.WriteString("ResourceType"u8, of.Type);
        w.WriteString("ResourceId"u8, of.Id);
        w.WriteEndObject();
        w.WriteEndObject();
        w.WriteString("ComplianceType"u8, compliance);
        w.WriteNumber("ResultRecordedTime"u8, at.ToUnixTimeMilliseconds() / 1000.0);
        w.WriteEndObject();
    }
}
