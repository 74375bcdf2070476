using System.Text.Json;
using Remediator.Change;
using Remediator.Change.Recorded;
using Remediator.Change.Registered;
using Remediator.Incidents;
using Remediator.Playbooks.Registered;
using Remediator.Tests.Change.Recorded.Items;
using Remediator.Values;
using Xunit.Abstractions;

namespace Remediator.Tests.Change.Registered;

/// <summary>The table of types, and a plan for each of them.</summary>
public sealed class RegisteredTypeTests(ITestOutputHelper output)
{
    private static readonly RegisteredType[] All = [.. RegisteredTypes.Names().Select(n => RegisteredTypes.Find(n)!)];

    [Fact]
    public void Every_type_says_how_it_is_found_and_has_something_to_write() => Assert.All(All, type =>
    {
        Assert.NotEmpty(type.Identifier);
        Assert.Contains(type.Properties, type.IsWritable);
        Assert.All(type.WriteOnly, path => Assert.False(type.CreateOnly.Contains(path), path));
    });

    [Fact]
    public void Names_are_in_order_and_no_type_twice() =>
        Assert.Equal(RegisteredTypes.Names().Order(StringComparer.Ordinal).Distinct(), RegisteredTypes.Names());

    /// <summary>
    /// Each writable member of each type drifts alone: the patch writes only that member, or the plan says what an update would lose.
    /// </summary>
    [Fact]
    public void Every_member_of_every_type_is_planned_or_refused_with_a_reason()
    {
        var (planned, refused) = (0, 0);
        foreach (var type in All)
        {
            foreach (var name in type.Properties.Where(p => type.IsWritable(p) && p != type.Tags))
            {
                var live = Json.Object([new(name, Value(type, name, 2))]);
                switch (new RegisteredPlan(type).From(Json.Object([new(name, Value(type, name, 1))]), live, live))
                {
                    case RecordedStep.Change change:
                        var operation = Assert.Single(RegisteredPlan.Patch(change).EnumerateArray());
                        Assert.Equal($"/{name}", operation.TextOf("path"));
                        Assert.True(StateComparer.Exact.Same(Value(type, name, 1), operation.Member("value")), $"{type.Name} {name}");
                        planned++;
                        break;
                    case RecordedStep.Refused { Why: Reason.Masked, Says: not null }:
                        Assert.NotEmpty(type.WriteOnly);
                        refused++;
                        break;
                    case var other:
                        Assert.Fail($"{type.Name} {name}: {other}");
                        break;
                }
            }
        }

        output.WriteLine($"members: {planned} planned, {refused} refused, of {All.Length} types");
        Assert.True(planned > 3 * refused, $"{planned} planned, {refused} refused");
    }

    /// <summary>Real items with one member changed at a time: the patch restores what was recorded.</summary>
    [Fact]
    public void Real_items_go_back_to_what_was_recorded()
    {
        var (planned, refused, others) = (0, 0, new List<string>());
        foreach (var document in RealItems.All)
        {
            if (RegisteredTypes.Find(document.TextOf("resourceType") ?? "") is not { } type)
            {
                continue;
            }

            var item = ConfigurationItemReader.Read(document);
            var good = item.Document.GetProperty("configuration");
            if (RegisteredItems.Objection(type, new(item.CapturedAt, item, item, item)) is { } objection)
            {
                others.Add(objection.Why);
                continue;
            }

            foreach (
                var name in good.EnumerateObject()
                    .Select(m => m.Name)
                    .Where(n => type.IsWritable(n) && n != type.Tags && !Canonical.IsAbsent(good.Member(n))))
            {
                var bad = Json.Object(good.EnumerateObject().Where(m => m.Name != name).Select(m => KeyValuePair.Create(m.Name, m.Value)));
                switch (new RegisteredPlan(type).From(good, bad, bad))
                {
                    case RecordedStep.Change change:
                        var after = RegisteredPlan.Applied(bad, RegisteredPlan.Patch(change));
                        Assert.True(Loose.Same(Model.Writable(type, after), Model.Writable(type, good)), $"{type.Name} {name}");
                        Assert.All(RegisteredPlan.Patch(change).EnumerateArray(), o =>
                            Assert.True(type.IsWritable(o.TextOf("path")![1..])));
                        planned++;
                        break;
                    case RecordedStep.Refused { Why: Reason.Masked }:
                        refused++;
                        break;
                    case RecordedStep.Nothing
                        when good.Member(name).ToString().ToUpperInvariant() is "NONE" or "OFF"
                            || Canonical.IsAbsent(Model.Writable(type, good).Member(name)):
                        break;
                    case var other:
                        Assert.Fail($"{type.Name} {name}: {other}");
                        break;
                }
            }
        }

        output.WriteLine($"members of real items: {planned} planned, {refused} refused; not in shape: {string.Join("; ", others)}");
        Assert.True(RealItems.All.IsEmpty || planned > 0);
    }

    /// <summary>
    /// Facts found independently in provider schemas of another date. Three types have no member that an update may write and a read
    /// returns.
    /// </summary>
    [Fact]
    public void Table_agrees_with_what_is_known_of_the_types()
    {
        if (Environment.GetEnvironmentVariable("REMEDIATOR_CONFIG_ITEMS") is not { Length: > 0 } folder)
        {
            return;
        }

        var known = Json.Parse(File.ReadAllText(Path.Combine(folder, "types.json")));
        var wanted = known
            .EnumerateObject()
            .Where(t => t.Value.TextOf("shape") is "cfn" && t.Value.Member("cloudControl").Member("update").ValueKind is JsonValueKind.True)
            .Select(t => t.Name);
        Assert.Equal(
            ["AWS::EC2::LaunchTemplate", "AWS::ECR::PullThroughCacheRule", "AWS::LookoutVision::Project"],
            wanted.Except(All.Select(t => t.Name)));
        var differing = All.Where(t =>
                !known.Member(t.Name).Member("cloudControl").IsNull() && !Agrees(t, known.Member(t.Name).Member("cloudControl")))
            .Select(t => t.Name);
        Assert.Equal(["AWS::DMS::Endpoint", "AWS::DMS::EventSubscription"], differing);
    }

    /// <summary>The two sources differ in date: the schemas of these two types had another identifier by then.</summary>
    private static bool Agrees(RegisteredType type, JsonElement control) =>
        type.Identifier.SequenceEqual(Texts(control, "primaryIdentifier"))
        && Texts(control, "readOnly").All(p => type.ReadOnly.Contains(p))
        && Texts(control, "createOnly").All(p => !type.IsWritable(p));

    private static IEnumerable<string> Texts(JsonElement value, string name) =>
        value.Member(name).EnumerateArray().Select(t => t.GetString()!);

    private static JsonElement Value(RegisteredType type, string name, int which) =>
        type.Numbers.Contains(name) ? Json.Parse($"{which}")
        : type.Flags.Contains(name) ? which == 1 ? Json.True : Json.False
        : Json.Text($"value {which}");
}
