using Remediator.Change.Tags;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Testing.Fakes;

namespace Remediator.Tests.Change.Tags;

/// <summary>Whom a person may ask for a tag that no source gives.</summary>
public sealed class CreatorTests
{
    private const string Lookup = "cloudtrail:LookupEvents";
    private readonly FakeAws _aws = new();

    [Theory]
    [InlineData("CreateBucket")]
    [InlineData("RunInstances")]
    [InlineData("AllocateAddress")]
    [InlineData("RegisterImage")]
    [InlineData("RequestCertificate")]
    [InlineData("RestoreTable")]
    [InlineData("CopySnapshot")]
    [InlineData("ImportImage")]
    public async Task Whoever_made_the_resource_is_named_with_the_call(string name) => Assert.Equal(
        $" CloudTrail has it created by arn:aws:iam::123456789012:role/anna with {name}: ask there.",
        await SaidAsync(Event(name, "anna")));

    [Theory]
    [InlineData("PutBucketPolicy", "false")]
    [InlineData("CreateTags", "false")]
    [InlineData("DescribeCreatedThings", "false")]
    [InlineData("CreateBucket", "true")]
    public async Task Other_events_name_nobody(string name, string readOnly) =>
        Assert.Equal("", await SaidAsync(Event(name, "anna", readOnly)));

    /// <summary>CloudTrail gives the newest first.</summary>
    [Fact]
    public async Task Oldest_creation_counts() => Assert.Contains(
        "role/bert with CreateBucket",
        await SaidAsync(
            Event("PutBucketPolicy", "carl"), Event("CreateBucket", "anna"), Event("CreateBucket", "bert"),
            Event("GetBucket", "dora", "true")),
        StringComparison.Ordinal);

    [Fact]
    public async Task Only_events_of_the_resource_are_asked_for()
    {
        await SaidAsync();

        var call = Assert.Single(_aws.All);
        Assert.Equal((FakeAws.Account, FakeAws.Region), (call.Account, call.Region));
        Assert.Equal(
            """{"LookupAttributes":[{"AttributeKey":"ResourceName","AttributeValue":"reports"}],"MaxResults":50}""",
            call.Input.GetRawText());
    }

    [Fact]
    public async Task Where_CloudTrail_does_not_say_nothing_is_said()
    {
        Assert.Equal("", await SaidAsync());
        _aws.On(Lookup, "{}");
        Assert.Equal("", await SuggestionAsync());
        _aws.On(Lookup, _ => throw FakeAws.Error(Lookup, "AccessDenied", 403));
        Assert.Equal("", await SuggestionAsync());
    }

    private Task<string> SaidAsync(params string[] events)
    {
        _aws.On(Lookup, $$"""{"Events":[{{string.Join(',', events)}}]}""");
        return SuggestionAsync();
    }

    private Task<string> SuggestionAsync() =>
        new Creator(_aws).SuggestionAsync(Some.Incident(Some.Bucket("reports")), CancellationToken.None);

    private static string Event(string name, string who, string readOnly = "false") => $$$"""
        {"EventName":"{{{name}}}","ReadOnly":"{{{readOnly}}}","Username":"{{{who}}}",
         "CloudTrailEvent":"{\"userIdentity\":{\"arn\":\"arn:aws:iam::123456789012:role/{{{who}}}\"}}"}
        """;
}
