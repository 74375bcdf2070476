using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using Remediator.Aws;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Testing;
using Remediator.Testing.Fakes;

namespace Remediator.Tests.Guard;

/// <summary>Who changed a resource and which stack owns it: what is asked, what is said, and that it is asked once.</summary>
public sealed class AttributionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 30, 0, TimeSpan.Zero);
    private static readonly Incident Opened = Some.Incident(now: Now.AddHours(-5));

    private readonly FakeAws aws = new();
    private readonly Mock<ITags> tags = new();

    public AttributionTests()
    {
        Owned([]);
        Changed("[]");
    }

    private Attribution New => new(aws, tags.Object);

    [Fact]
    public async Task Trail_is_asked_about_the_resource_since_the_fix_or_else_since_the_incident()
    {
        await New.OfAsync(Opened, default);
        await New.OfAsync(Opened with { FixedAt = Now.AddHours(-1) }, default);

        Assert.Equal(
            [Lookup(Now.AddHours(-5)), Lookup(Now.AddHours(-1))],
            aws.All.Where(c => c.Operation is "cloudtrail:LookupEvents").Select(c => c.Input.GetRawText()));
    }

    [Fact]
    public async Task Nobody_and_no_stack_is_said_in_one_sentence() =>
        Assert.Equal("CloudTrail names nobody who changed it since.", await New.OfAsync(Opened, default));

    [Fact]
    public async Task Last_write_and_the_stack_are_named()
    {
        Changed("""[{"EventName":"Get","ReadOnly":"true","Username":"a"},{"EventName":"Put","ReadOnly":"false","Username":"b"}]""");
        Owned(new() { ["aws:cloudformation:stack-name"] = "web-site" });

        Assert.Equal("Last changed by b with Put. CloudFormation stack web-site owns it.", await New.OfAsync(Opened, default));
    }

    [Fact]
    public async Task What_cannot_be_read_is_said_with_its_error()
    {
        aws.On("cloudtrail:LookupEvents", _ => throw FakeAws.Error("cloudtrail:LookupEvents", "AccessDeniedException", 400));
        tags.Setup(t => t.ReadAsync(It.IsAny<ResourceKey>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(FakeAws.Error("tag:GetResources", "ThrottlingException", 400));

        Assert.Equal(
            "Who changed it could not be read from CloudTrail (AccessDeniedException). "
            + "Whether a stack owns it could not be read (ThrottlingException).",
            await New.OfAsync(Opened, default));
    }

    [Fact]
    public async Task Rollback_hears_of_changes_since_the_rule_held()
    {
        var recorded = new RecordedOrigin(Now.AddDays(-3), new("1", Now.AddDays(-4)), new("2", Now));
        var nobody = await New.OfRollbackAsync(Opened, recorded, default);
        Changed("""[{"EventName":"Put","ReadOnly":"false","Username":"b","EventTime":1793000000},{"ReadOnly":"false"}]""");

        var somebody = await New.OfRollbackAsync(Opened, recorded, default);

        Assert.Equal((null, "CloudTrail names nobody who changed it since."), (nobody.ChangedAt, nobody.ChangedBy));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1793000000), somebody.ChangedAt);
        Assert.Equal("Last changed by b with Put.", somebody.ChangedBy);
        Assert.All(aws.All, c => Assert.Equal(Lookup(Now.AddDays(-3)), c.Input.GetRawText()));
    }

    [Fact]
    public async Task Who_reverts_a_fix_is_asked_for_once()
    {
        Changed("""[{"EventName":"Put","ReadOnly":"false","Username":"b"}]""");
        var incident = Opened with { State = IncidentState.Escalated, Reverts = 3 };

        var first = await Rails.FlappingAsync(incident, Now, default);
        var again = await Rails.FlappingAsync(
            first with { Telling = first.Telling with { ToldReason = Reason.Flapping } }, Now.AddHours(1), default);

        Assert.Equal(["Last changed by b with Put.", "escalated: flapping"], first.Entries.Select(e => e.What));
        Assert.EndsWith(" Last changed by b with Put.", first.Detail, StringComparison.Ordinal);
        Assert.Equal(first.Entries.Length + 1, again.Entries.Length);
        Assert.EndsWith("has to be found first.", again.Detail, StringComparison.Ordinal);
        Assert.Single(aws.All);
        Assert.Equal((3, Reason.Flapping), (again.Reverts, again.Reason));
    }

    private Guardrails Rails
    {
        get
        {
            var (clock, budgets) = (new TestClock(), new Budgets(Limits.Default));
            var journal = new MemoryJournal(clock, TimeSpan.FromMinutes(3));
            return new(
                Limits.Default,
                budgets,
                new(journal, budgets, (_, _) => Task.FromResult(true), clock),
                new(journal, budgets),
                New)
            {
                Findings = new(
                    Mock.Of<IFindings>(), journal, (_, _) => Task.FromResult(true), clock, NullLogger<FindingNotes>.Instance),
            };
        }
    }

    private static string Lookup(DateTimeOffset since) =>
        $$"""{"LookupAttributes":[{"AttributeKey":"ResourceName","AttributeValue":"{{Opened.Resource.Id}}"}],"""
        + $"\"StartTime\":{since.ToUnixTimeSeconds()},\"MaxResults\":50}}";

    private void Changed(string events) => aws.On("cloudtrail:LookupEvents", $$"""{"Events":{{events}}}""");

    private void Owned(Dictionary<string, string> found) =>
        tags.Setup(t => t.ReadAsync(Opened.Resource, It.IsAny<CancellationToken>())).ReturnsAsync(found.ToImmutableDictionary());
}
