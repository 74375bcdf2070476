using Remediator.Change.Recorded;
using Remediator.Values;

namespace Remediator.Tests.Change.Recorded;

/// <summary>Values of a resource that was made anew under the same name must never be put back: they are another resource's.</summary>
public sealed class ItemIdentityTests
{
    private const string Arn = "arn:aws:s3:::reports";
    private const string Created = "2026-09-01T07:30:15Z";

    [Theory]
    [InlineData(Arn, Created, Arn, Created, null)]
    [InlineData(Arn, Created, "arn:aws:s3:::others", "2026-09-02T07:30:15Z", "ARN")]
    [InlineData(Arn, null, "arn:aws:s3:::others", null, "ARN")]
    [InlineData(Arn, null, "", null, null)]
    [InlineData("", null, Arn, null, null)]
    [InlineData(Arn, Created, Arn, "2026-09-01T07:30:16Z", "creation time")]
    [InlineData(Arn, Created, Arn, "2026-09-01T07:30:15.900Z", null)]
    [InlineData(Arn, Created, Arn, "2026-09-01T09:30:15+02:00", null)]
    [InlineData(Arn, Created, Arn, null, null)]
    [InlineData(Arn, null, Arn, Created, null)]
    public void ARN_and_creation_time_tell_one_resource_from_another_where_both_items_have_them(
        string arn, string? created, string otherArn, string? otherCreated, string? differs) =>
        Assert.Equal(
            differs,
            ItemIdentity.Of(arn, Time(created), Json.EmptyObject)
                .DifferenceFrom(ItemIdentity.Of(otherArn, Time(otherCreated), Json.EmptyObject)));

    [Theory]
    [InlineData("tableId")]
    [InlineData("dbiResourceId")]
    [InlineData("dbClusterResourceId")]
    [InlineData("roleId")]
    [InlineData("userId")]
    [InlineData("policyId")]
    [InlineData("keyId")]
    [InlineData("fileSystemId")]
    [InlineData("clusterCreateTime")]
    [InlineData("instanceCreateTime")]
    [InlineData("createDate")]
    [InlineData("creationDate")]
    [InlineData("creationDateTime")]
    [InlineData("creationTime")]
    [InlineData("createdTime")]
    [InlineData("createdAt")]
    [InlineData("createTime")]
    public void Id_that_AWS_gives_once_tells_one_resource_from_another(string member) =>
        Assert.Equal(member, Difference($$"""{"{{member}}":"one","size":1}""", $$"""{"{{member}}":"two","size":1}"""));

    [Theory]
    [InlineData("""{"createTime":"2026-09-01T07:30:15Z"}""", """{"createTime":"2026-09-01T07:30:15.250+00:00"}""", null)]
    [InlineData("""{"createTime":"2026-09-01T07:30:15Z"}""", """{"createTime":"2026-09-01T07:30:16Z"}""", "createTime")]
    [InlineData("""{"createTime":"2026-09-01T07:30:15Z"}""", """{"createTime":1788247815}""", null)]
    [InlineData("""{"createTime":1788247815}""", """{"createTime":1788247816}""", "createTime")]
    [InlineData("""{"keyId":"one"}""", """{"keyId":"one"}""", null)]
    [InlineData("""{"keyId":"one"}""", "{}", null)]
    [InlineData("{}", """{"keyId":"one"}""", null)]
    [InlineData("""{"keyId":"one"}""", """{"keyId":null}""", null)]
    [InlineData("""{"keyId":{"a":1}}""", """{"keyId":{"a":2}}""", null)]
    [InlineData("""{"userId":"one","roleId":"one"}""", """{"userId":"two","roleId":"two"}""", "roleId")]
    [InlineData("""{"size":1}""", """{"size":2}""", null)]
    public void Ids_are_compared_whatever_form_their_time_is_in(string one, string other, string? differs) =>
        Assert.Equal(differs, Difference(one, other));

    private static string? Difference(string one, string other) =>
        ItemIdentity.Of(Arn, null, Json.Parse(one)).DifferenceFrom(ItemIdentity.Of(Arn, null, Json.Parse(other)));

    private static DateTimeOffset? Time(string? time) =>
        time is null ? null : DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
}
