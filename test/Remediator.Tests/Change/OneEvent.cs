using System.Text.Json;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>Runs the shipped playbooks against an account in memory, with responses from the test.</summary>
internal static class OneEvent
{
    /// <summary>The managed rule with that identifier reports the resource as non-compliant.</summary>
    public static async Task<Ended> EventAsync(this InMemoryHost host, string identifier, string type, string id, string parameters = "{}")
    {
        var rule = await host.RuleAsync(identifier, parameters);
        return await host.SendAsync(Some.Change(rule, new(FakeAws.Account, FakeAws.Region, type, id)));
    }

    /// <summary>The same for a custom rule, with any name.</summary>
    public static async Task<Ended> CustomRuleEventAsync(this InMemoryHost host, string name, string type, string id)
    {
        await host.CallAsync("config:PutConfigRule", $$$"""
            {"ConfigRule": {"ConfigRuleName": "{{{name}}}", "InputParameters": "{}",
             "Source": {"Owner": "CUSTOM_LAMBDA", "SourceIdentifier": "arn:aws:lambda:us-east-1:123456789012:function:check"} } }
            """);
        var found = await host.CallAsync("config:DescribeConfigRules", $$"""{"ConfigRuleNames":["{{name}}"]}""");
        var rule = new RuleRef(name, found.Member("ConfigRules")[0].TextOf("ConfigRuleArn")!);
        return await host.SendAsync(Some.Change(rule, new(FakeAws.Account, FakeAws.Region, type, id)));
    }

    /// <summary>The calls that changed something, with their inputs.</summary>
    public static IReadOnlyList<FakeCall> Made(this InMemoryHost host) => [.. host.Fake.All.Where(c => FakeCall.IsMutating(c.Operation))];

    /// <summary>Asserts that a person was notified, and nothing was changed.</summary>
    public static void AssertLeftAlone(this InMemoryHost host, Ended ended, string outcome, string says)
    {
        Steps.AssertOutcome(outcome, ended);
        Assert.Contains(says, ended.Why, StringComparison.Ordinal);
        Assert.Empty(host.Made());
        Assert.Contains("sns:Publish", host.Fake.Calls);
    }

    /// <summary>Asserts that nobody was notified, and the incident waits for Config to report the deletion.</summary>
    public static void AssertGone(this InMemoryHost host, Ended ended)
    {
        Steps.AssertOutcome("pending", ended);
        Assert.Empty(host.Made());
        Assert.DoesNotContain("sns:Publish", host.Fake.Calls);
    }

    public static JsonElement Json(string text) => JsonElement.Parse(text);
}
