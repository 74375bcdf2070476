using Remediator.Change.Recorded;
using Remediator.Values;

namespace Remediator.Tests.Change.Recorded;

/// <summary>What AWS Config writes in place of a secret is never written back.</summary>
public sealed class MasksTests
{
    [Theory]
    [InlineData("\"***\"")]
    [InlineData("\"********\"")]
    [InlineData("\"HIDDEN_DUE_TO_SECURITY_REASONS\"")]
    [InlineData("\"password=HIDDEN_DUE_TO_SECURITY_REASONS;\"")]
    [InlineData("[1,\"***\"]")]
    [InlineData("""{"a":{"b":[{"c":"***"}]}}""")]
    public void Mask_is_known_wherever_it_stands(string value) => Assert.True(Masks.IsMasked(Json.Parse(value)));

    [Theory]
    [InlineData("\"**\"")]
    [InlineData("\"*\"")]
    [InlineData("\"a***\"")]
    [InlineData("\"***a\"")]
    [InlineData("\"\"")]
    [InlineData("[\"a\",5,true,null]")]
    [InlineData("""{"***":"a"}""")]
    [InlineData("5")]
    public void Other_values_are_none(string value) => Assert.False(Masks.IsMasked(Json.Parse(value)));
}
