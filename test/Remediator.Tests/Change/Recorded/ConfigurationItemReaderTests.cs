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
    public void An_item_without_a_time_is_refused() =>
        Assert.Throws<UnreadableItemException>(() => ConfigurationItemReader.Read(Json.Parse("""{"configurationItemStatus":"OK"}""")));

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
}
