using Remediator.Change;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>What an operation that answers success says of the items that it refused decides whether it is tried again.</summary>
public sealed class PartialFailureTests
{
    [Theory]
    [InlineData("""[{"Code":"Throttling"}]""", "Throttling")]
    [InlineData("""[{"code":"Throttling"}]""", "Throttling")]
    [InlineData("""{"ErrorCode":"Throttling"}""", "Throttling")]
    [InlineData("""{"a":{"errorCode":"Throttling"}}""", "Throttling")]
    [InlineData("""[{"Id":"1","Error":{"Code":"Throttling"}},{"Id":"2","Error":{"Code":"Throttling"}}]""", "Throttling")]
    [InlineData("""[{"Code":"Throttling"},{"Code":"AccessDenied"}]""", "PartialFailure")]
    [InlineData("""[{"Code":5}]""", "PartialFailure")]
    [InlineData("""[{"Status":"Throttling"}]""", "PartialFailure")]
    [InlineData("[]", "PartialFailure")]
    [InlineData("\"Throttling\"", "PartialFailure")]
    public void Code_that_all_items_share_is_the_operations(string failure, string code) =>
        Assert.Equal(code, PartialFailure.CodeOf(Json.Parse(failure)));
}
