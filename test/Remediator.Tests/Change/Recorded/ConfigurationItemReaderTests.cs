using Remediator.Change.Recorded;
using Remediator.Values;

namespace Remediator.Tests.Change.Recorded;

public sealed class ConfigurationItemReaderTests
{
    [Fact]
    public void Both_forms_give_the_same_item()
    {
        var api = ConfigurationItemReader.Read(
            Json.Parse(
                """
                {"configurationItemCaptureTime":1770958935.633,"configurationItemStatus":"OK","configurationStateId":"1",
                 "accountId":"123456789012",
                 "arn":"arn:aws:s3:::reports","resourceId":"reports","awsRegion":"us-east-1","configuration":"{\"name\":\"reports\"}",
                 "supplementaryConfiguration":{"BucketPolicy":"{\"policyText\":null}","AccessControlList":"\"{\\\"grantList\\\":[]}\""},
                  "tags":{"A":"b"}}
                """
            ));
        var snapshot = ConfigurationItemReader.Read(
            Json.Parse(
                """
                {"configurationItemCaptureTime":"2026-02-13T05:02:15.633Z","configurationItemStatus":"OK","configurationStateId":1,
                 "awsAccountId":"123456789012",
                 "ARN":"arn:aws:s3:::reports","resourceId":"reports","awsRegion":"us-east-1","configuration":{"name":"reports"},
                 "supplementaryConfiguration":{"BucketPolicy":{"policyText":null},"AccessControlList":"{\"grantList\":[]}"},
                  "tags":{"A":"b"}}
                """
            ));

        Assert.Equal(snapshot.Document.GetRawText(), api.Document.GetRawText());
        Assert.Equal(snapshot.CapturedAt.ToUnixTimeSeconds(), api.CapturedAt.ToUnixTimeSeconds());
        Assert.Null(api.Identity.DifferenceFrom(snapshot.Identity));
    }

    [Fact]
    public void Integers_that_are_recorded_with_a_fraction_or_an_exponent_are_integers()
    {
        var document = ConfigurationItemReader.Read(
            Json.Parse(
                """
                {"configurationItemCaptureTime":"2026-02-13T05:02:15.633Z","configurationItemStatus":"OK",
                 "configuration":{"size":5.0,"text":"5.0","none":null,"rate":0.5,"large":[1.0E7,-3.0,12],"is":true,"huge":1e300},
                 "supplementaryConfiguration":{"Concurrency":"{\"reserved\":50.0}"}}
                """
            )).Document;

        Assert.Equal(
            """{"size":5,"text":"5.0","none":null,"rate":0.5,"large":[10000000,-3,12],"is":true,"huge":1e300}""",
            document.Member("configuration").GetRawText());
        Assert.Equal("""{"reserved":50}""", document.Member("supplementary").Member("Concurrency").GetRawText());
    }

    [Fact]
    public void Expressions_see_each_part_of_an_item_under_its_own_name()
    {
        var document = Read("""
            "arn":"arn:aws:x:::one","resourceId":"1","resourceName":"one","awsRegion":"us-east-1","accountId":"123456789012",
            "awsAccountId":"210987654321","configuration":{"a":1},"supplementaryConfiguration":{"b":"{\"c\":2}"},"tags":{"d":"e"},
            "relationships":[{"resourceId":"2"}]
            """).Document;

        Assert.Equal(
            """{"arn":"arn:aws:x:::one","resourceId":"1","resourceName":"one","region":"us-east-1","account":"123456789012","""
            + "\"configuration\":" + """{"a":1},"supplementary":{"b":{"c":2}},"tags":{"d":"e"},"relationships":[{"resourceId":"2"}]}""",
            document.GetRawText());
        Assert.Equal(ConfigurationItem.Members, document.EnumerateObject().Select(m => m.Name));
    }

    [Fact]
    public void What_an_item_lacks_is_empty()
    {
        var item = Read(""" "configuration":{} """);

        Assert.Equal(
            """{"arn":"","resourceId":"","resourceName":null,"region":"","account":"","configuration":{},"supplementary":{},"tags":{}"""
            + ",\"relationships\":[]}",
            item.Document.GetRawText());
        Assert.Equal(("", ""), (item.StateId, item.Identity.Arn));
        Assert.Null(item.Identity.CreatedAt);
        Assert.Empty(item.TagValues);
    }

    [Theory]
    [InlineData("OK", "Recorded")]
    [InlineData("ResourceDiscovered", "Recorded")]
    [InlineData("ResourceDeleted", "Deleted")]
    [InlineData("ResourceDeletedNotRecorded", "Deleted")]
    [InlineData("ResourceNotRecorded", "NotRecorded")]
    [InlineData("", "NotRecorded")]
    public void Status_says_whether_the_item_holds_what_was_set(string status, string expected) =>
        Assert.Equal(expected, Read(""" "configuration":{} """, status).Status.ToString());

    /// <summary>Only what says what was set has to have something set.</summary>
    [Theory]
    [InlineData("OK", true)]
    [InlineData("ResourceDiscovered", true)]
    [InlineData("ResourceDeleted", false)]
    [InlineData("ResourceNotRecorded", false)]
    public void Recorded_item_without_a_configuration_is_refused_with_its_time(string status, bool isRefused)
    {
        var error = Xunit.Record.Exception(() => Read(""" "configuration":null """, status));

        Assert.Equal(
            isRefused ? "The configuration item of 2026-02-13 05:02:15Z has no configuration that can be read." : null, error?.Message);
    }

    [Theory]
    [InlineData("""{"configurationItemStatus":"OK"}""", "A configuration item has no configurationItemCaptureTime.")]
    [InlineData("""{"configurationItemCaptureTime":"soon"}""", "A configuration item has no configurationItemCaptureTime.")]
    [InlineData("""{"configurationItemCaptureTime":1e300}""", "A configuration item is not in the form of AWS Config: .+")]
    [InlineData(
        """{"configurationItemCaptureTime":1,"configuration":{"a":1.0,"b":"\ud800"}}""",
        "A configuration item is not in the form of AWS Config: .+")]
    public void Item_in_another_form_is_refused_with_what_is_wrong(string item, string message) => Assert.Matches(
        $"^{message}$", Assert.Throws<UnreadableItemException>(() => ConfigurationItemReader.Read(Json.Parse(item))).Message);

    [Theory]
    [InlineData("\"2026-02-13T05:02:15.633Z\"")]
    [InlineData("\"2026-02-13T05:02:15.633\"")]
    [InlineData("\"2026-02-13T07:02:15.633+02:00\"")]
    [InlineData("1770958935.633")]
    public void Times_are_read_in_each_form(string time)
    {
        var item = ConfigurationItemReader.Read(
            Json.Parse($$"""{"configurationItemCaptureTime":{{time}},"resourceCreationTime":{{time}} }"""));

        var at = new DateTimeOffset(2026, 2, 13, 5, 2, 15, 633, TimeSpan.Zero);
        Assert.Equal(at, item.CapturedAt, TimeSpan.FromMilliseconds(0.5));
        Assert.Equal(at, item.Identity.CreatedAt!.Value, TimeSpan.FromMilliseconds(0.5));
    }

    [Theory]
    [InlineData("{\"a\":1}", "{\"a\":1}")]
    [InlineData("  [1]", "[1]")]
    [InlineData("\"{\\\"a\\\":1}\"", "{\"a\":1}")]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("null", "null")]
    [InlineData("{not JSON", "\"{not JSON\"")]
    [InlineData("5", "\"5\"")]
    [InlineData("trueish", "\"trueish\"")]
    [InlineData("", "\"\"")]
    public void Text_that_is_JSON_is_read_and_any_other_stays_text(string text, string value)
    {
        var written = Json.Text(text).GetRawText();

        var document = Read($$""" "configuration":{},"supplementaryConfiguration":{"a":{{written}}} """).Document;

        Assert.Equal(value, document.Member("supplementary").Member("a").GetRawText());
    }

    [Theory]
    [InlineData("[5.0,12]", "[5,12]")]
    [InlineData("[12,0.5]", "[12,0.5]")]
    [InlineData("5.0", "5")]
    public void Integers_in_a_list_alone_are_integers(string recorded, string value) => Assert.Equal(
        value,
        Read($$""" "configuration":{},"supplementaryConfiguration":{"a":{{recorded}}} """).Document.Member("supplementary").Member("a")
            .GetRawText());

    [Fact]
    public void Tags_are_texts_and_the_name_is_how_a_person_finds_the_item()
    {
        var item = Read(""" "configuration":{},"configurationStateId":1770958935633,"tags":{"team":"shop","cost":5,"on":true} """);

        Assert.Equal(
            [("cost", "5"), ("on", "True"), ("team", "shop")], item.TagValues.OrderBy(t => t.Key).Select(t => (t.Key, t.Value)));
        Assert.Equal("1770958935633 of 2026-02-13 05:02:15Z", item.Name);
        Assert.Empty(Read(""" "configuration":{},"tags":[{"key":"team"}] """).TagValues);
    }

    private static ConfigurationItem Read(string members, string status = "OK") => ConfigurationItemReader.Read(Json.Parse(
        $$"""{"configurationItemCaptureTime":"2026-02-13T05:02:15.633Z","configurationItemStatus":"{{status}}",{{members}} }"""));
}
