using System.Globalization;
using System.Text.Json;
using Remediator.Values;

namespace Remediator.Testing.Fakes;

/// <summary>Security groups, rule by rule, and tags.</summary>
internal sealed class FakeEc2
{
    private readonly Dictionary<string, List<JsonElement>> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, string>> _tags = new(StringComparer.Ordinal);
    private int _ids;

    public FakeEc2(FakeAws aws)
    {
        aws.On("ec2:CreateSecurityGroup", _ => Create());
        aws.On("ec2:DescribeSecurityGroups", input => _groups.ContainsKey(Id(input, "GroupIds"))
            ? Found("SecurityGroups", "GroupId", Id(input, "GroupIds"))
            : throw FakeAws.Error("ec2:DescribeSecurityGroups", "InvalidGroup.NotFound", 400));
        aws.On("ec2:DescribeVolumes", input => Found("Volumes", "VolumeId", Id(input, "VolumeIds")));
        aws.On("ec2:DescribeSecurityGroupRules", input => Describe(Filter(input)));
        aws.On("ec2:AuthorizeSecurityGroupIngress", Authorize);
        aws.On("ec2:RevokeSecurityGroupIngress", Revoke);
        aws.On("ec2:CreateTags", input => Tag(input, (tags, key, value) => tags[key] = value));
        aws.On("ec2:DeleteTags", input => Tag(input, (tags, key, _) => tags.Remove(key)));
        aws.On("ec2:DescribeTags", input => Json.Object([KeyValuePair.Create("Tags", Json.List(TagsOf(Filter(input)).Select(TagItem)))]));
    }

    public IReadOnlyDictionary<string, string> TagsOf(string resource) => _tags.GetValueOrDefault(resource) ?? [];

    private static string Id(JsonElement input, string member) => input.Member(member)[0].GetString()!;

    private static JsonElement Found(string list, string member, string id) =>
        Json.Object([KeyValuePair.Create(list, Json.List([Texts((member, id))]))]);

    private static string Filter(JsonElement input) => input.Member("Filters")[0].Member("Values")[0].GetString()!;

    private static JsonElement TagItem(KeyValuePair<string, string> tag) => Texts(("Key", tag.Key), ("Value", tag.Value));

    private static JsonElement Texts(params (string Name, string Value)[] members) =>
        Json.Object(members.Select(m => KeyValuePair.Create(m.Name, Json.Text(m.Value))));

    private JsonElement Create()
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"sg-{++_ids:x17}");
        _groups[id] = [];
        return Texts(("GroupId", id));
    }

    // As in AWS: a filter that matches nothing gives an empty list.
    private JsonElement Describe(string group) =>
        Json.Object([KeyValuePair.Create("SecurityGroupRules", Json.List(_groups.GetValueOrDefault(group) ?? []))]);

    private List<JsonElement> Group(string operation, string id) =>
        _groups.TryGetValue(id, out var rules) ? rules : throw FakeAws.Error(operation, "InvalidGroup.NotFound", 400);

    private JsonElement Authorize(JsonElement input)
    {
        var rules = Group("ec2:AuthorizeSecurityGroupIngress", input.TextOf("GroupId")!);
        var wanted = input.Member("IpPermissions").EnumerateArray().SelectMany(p => Rules(input.TextOf("GroupId")!, p)).ToList();
        var comparer = new StateComparer(["SecurityGroupRuleId", "Description"]);
        if (wanted.Any(w => comparer.Items(rules).Contains(w)))
        {
            throw FakeAws.Error("ec2:AuthorizeSecurityGroupIngress", "InvalidPermission.Duplicate", 400);
        }

        rules.AddRange(wanted);
        return Json.Object([KeyValuePair.Create("SecurityGroupRules", Json.List(wanted))]);
    }

    private IEnumerable<JsonElement> Rules(string group, JsonElement permission)
    {
        foreach (var (list, source, target) in new[] { ("IpRanges", "CidrIp", "CidrIpv4"), ("Ipv6Ranges", "CidrIpv6", "CidrIpv6") })
        {
            foreach (var range in permission.Member(list).IsList() ? permission.Member(list).EnumerateArray() : default)
            {
                yield return Json.Object(
                [
                    KeyValuePair.Create("SecurityGroupRuleId", Json.Text(string.Create(CultureInfo.InvariantCulture, $"sgr-{++_ids:x17}"))),
                    KeyValuePair.Create("GroupId", Json.Text(group)),
                    KeyValuePair.Create("GroupOwnerId", Json.Text(FakeAws.Account)),
                    KeyValuePair.Create("IsEgress", Json.Parse("false")),
                    KeyValuePair.Create("IpProtocol", permission.Member("IpProtocol")),
                    KeyValuePair.Create("FromPort", permission.Member("FromPort")),
                    KeyValuePair.Create("ToPort", permission.Member("ToPort")),
                    KeyValuePair.Create(target, range.Member(source)),
                    .. range.TextOf("Description") is { } words
                        ? [KeyValuePair.Create("Description", Json.Text(words))]
                        : Array.Empty<KeyValuePair<string, JsonElement>>(),
                ]);
            }
        }
    }

    private JsonElement Revoke(JsonElement input)
    {
        var rules = Group("ec2:RevokeSecurityGroupIngress", input.TextOf("GroupId")!);
        foreach (var id in input.Member("SecurityGroupRuleIds").EnumerateArray().Select(i => i.GetString()))
        {
            if (rules.RemoveAll(r => r.TextOf("SecurityGroupRuleId") == id) == 0)
            {
                throw FakeAws.Error("ec2:RevokeSecurityGroupIngress", "InvalidSecurityGroupRuleId.NotFound", 400);
            }
        }

        return Json.Parse("""{"Return":true}""");
    }

    private JsonElement Tag(JsonElement input, Action<Dictionary<string, string>, string, string> act)
    {
        foreach (var resource in input.Member("Resources").EnumerateArray().Select(r => r.GetString()!))
        {
            var tags = _tags.TryGetValue(resource, out var known) ? known : _tags[resource] = new(StringComparer.Ordinal);
            foreach (var tag in input.Member("Tags").EnumerateArray())
            {
                act(tags, tag.TextOf("Key")!, tag.TextOf("Value") ?? "");
            }
        }

        return Json.EmptyObject;
    }
}
