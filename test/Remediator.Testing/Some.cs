using System.Globalization;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Testing;

/// <summary>Builders of test data: everything that a test does not give has a sensible default.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Time = new(2026, 10, 2, 7, 3, 46, TimeSpan.Zero);

    public static JsonElement Json(string text) => Values.Json.Parse(text);

    public static RuleRef Rule(string name = "some-rule") =>
        new(name, $"arn:aws:config:{FakeAws.Region}:{FakeAws.Account}:config-rule/config-rule-{name}");

    public static ResourceKey Bucket(string name = "some-bucket") => new(FakeAws.Account, FakeAws.Region, "AWS::S3::Bucket", name);

    public static ComplianceChange Change(
        RuleRef rule, ResourceKey resource, DateTimeOffset? recordedAt = null, Compliance compliance = Compliance.NonCompliant) => new()
        {
            Rule = rule,
            Resource = resource,
            Compliance = compliance,
            RecordedAt = recordedAt ?? Time,
        };

    public static Incident Incident(
        ResourceKey? resource = null, RuleRef? rule = null, DateTimeOffset? recordedAt = null, DateTimeOffset? now = null)
    {
        var (of, under, at) = (resource ?? Bucket(), rule ?? Rule(), recordedAt ?? Time);
        return new()
        {
            Id = IncidentId.Of(Incidents.Incident.KeyOf(of, under), at).Value,
            State = IncidentState.Open,
            Origin = new() { Resource = of, Rule = under, Region = of.Region, RecordedAt = at },
            OpenedAt = now ?? at,
            ChangedAt = now ?? at,
            Due = (now ?? at) + TimeSpan.FromMinutes(5),
        };
    }

    /// <summary>A planned change; without a plan, one without calls.</summary>
    public static PlannedChange Planned(Plan? plan = null) => new()
    {
        Plan = plan ?? new([]),
        Inputs = Values.Json.EmptyObject,
        Playbook = "some-playbook",
        PlaybookHash = "",
    };

    /// <summary>The corresponding event of EventBridge.</summary>
    public static string Event(ComplianceChange change)
    {
        var (r, at) = (change.Resource, Written(change.RecordedAt));
        var earlier = change.CompliantBefore is { } held
            ? $$"""
                "oldEvaluationResult":{"evaluationResultIdentifier":{"orderingTimestamp":"{{Written(held)}}"},"complianceType":"COMPLIANT"},
                """
            : "";
        return $$$"""
            {"version":"0","id":"5b7a1d90-2c3e-4f6a-8b9c-0d1e2f3a4b5c","detail-type":"Config Rules Compliance Change","source":"aws.config",
             "account":"{{{r.Account}}}","time":"{{{at}}}","region":"{{{r.Region}}}","resources":[],
             "detail":{"resourceId":"{{{r.Id}}}","awsRegion":"{{{r.Region}}}","awsAccountId":"{{{r.Account}}}",
              "configRuleName":"{{{change.Rule.Name}}}",
              "recordVersion":"1.0","configRuleARN":"{{{change.Rule.Arn}}}","messageType":"ComplianceChangeNotification",
              "newEvaluationResult":{"evaluationResultIdentifier":{"evaluationResultQualifier":{"configRuleName":"{{{change.Rule.Name}}}",
               "resourceType":"{{{r.Type}}}","resourceId":"{{{r.Id}}}"},"orderingTimestamp":"{{{Written(
                change.OrderedAt ?? change.RecordedAt
            )}}}"},
               "complianceType":"{{{Config(change.Compliance)}}}","resultRecordedTime":"{{{at}}}","configRuleInvokedTime":"{{{at}}}"},
              {{{earlier}}}"notificationCreationTime":"{{{at}}}","resourceType":"{{{r.Type}}}"}}
            """;
    }

    private static string Written(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A compliance type in Config's spelling.</summary>
    public static string Config(Compliance compliance) => compliance switch
    {
        Compliance.Compliant => "COMPLIANT",
        Compliance.NonCompliant => "NON_COMPLIANT",
        _ => "NOT_APPLICABLE",
    };
}
