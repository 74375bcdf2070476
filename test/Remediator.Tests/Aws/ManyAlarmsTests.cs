using Remediator.Aws;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Aws;

/// <summary>A stack may have more alarms than one call tells of.</summary>
public sealed class ManyAlarmsTests
{
    private const int Count = 230;
    private const int PageSize = 50;

    private readonly FakeAws aws = new();

    public ManyAlarmsTests() => aws.On("resourcegroupstaggingapi:GetResources", input =>
    {
        var from = int.Parse(input.TextOf("PaginationToken") ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        var arns = Enumerable.Range(from, Math.Min(PageSize, Count - from))
            .Select(n => $"arn:aws:cloudwatch:us-east-1:123456789012:alarm:a{n}");
        return Json.Object([
            new("ResourceTagMappingList", Json.List(arns.Select(a => Json.Object([new("ResourceARN", Json.Text(a))])))),
            new("PaginationToken", Json.Text(from + PageSize < Count ? $"{from + PageSize}" : "")),
        ]);
    });

    [Fact]
    public async Task All_alarms_of_a_stack_are_found_and_read()
    {
        aws.Alarms.Set("a229", "ALARM", DateTimeOffset.UnixEpoch);
        var alarms = new AwsAlarms(aws);

        var names = await alarms.OfStackAsync(FakeAws.Account, FakeAws.Region, "shop", CancellationToken.None);
        var read = await alarms.ReadAsync(FakeAws.Account, FakeAws.Region, names, CancellationToken.None);

        Assert.Equal(Count, names.Length);
        Assert.Equal("a229", Assert.Single(read, a => a.IsRinging).Name);
        Assert.All(
            aws.All.Where(c => c.Operation is "cloudwatch:DescribeAlarms"),
            c => Assert.InRange(c.Input.Member("AlarmNames").GetArrayLength(), 1, 100));
    }
}
