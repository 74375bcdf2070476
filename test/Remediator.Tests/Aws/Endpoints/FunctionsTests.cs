using Remediator.Aws.Endpoints;

namespace Remediator.Tests.Aws.Endpoints;

public sealed class FunctionsTests
{
    [Theory]
    [InlineData("abcdef", 0, 2, false, "ab")]
    [InlineData("abcdef", 2, 6, false, "cdef")]
    [InlineData("abcdef", 0, 6, false, "abcdef")]
    [InlineData("abcdef", 0, 2, true, "ef")]
    [InlineData("abcdef", 2, 6, true, "abcd")]
    [InlineData("abcdef", 0, 6, true, "abcdef")]
    [InlineData("abcdef", 0, 7, false, null)]
    [InlineData("abcdef", 0, 7, true, null)]
    [InlineData("abcdef", 3, 3, false, null)]
    [InlineData("abcdef", 4, 3, true, null)]
    [InlineData("abcdef", -1, 3, false, null)]
    [InlineData("", 0, 1, false, null)]
    [InlineData("abcdé", 0, 2, false, null)]
    public void Substring_counts_from_either_end_and_stays_in_range(string text, int start, int stop, bool reverse, string? expected) =>
        Assert.Equal(expected, Call("substring", text, start, stop, reverse));

    [Theory]
    [InlineData("", "")]
    [InlineData("aZ09-._~", "aZ09-._~")]
    [InlineData("a b/c:d", "a%20b%2Fc%3Ad")]
    [InlineData("é+!*'()", "%C3%A9%2B%21%2A%27%28%29")]
    [InlineData(null, null)]
    public void UriEncode_leaves_only_the_unreserved(string? text, string? expected) => Assert.Equal(expected, Call("uriEncode", text));

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(false, false, true)]
    [InlineData(true, false, false)]
    [InlineData(null, false, false)]
    [InlineData("true", true, false)]
    public void BooleanEquals_compares_flags_only(object? left, object? right, bool expected) =>
        Assert.Equal(expected, Call("booleanEquals", left, right));

    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "A", false)]
    [InlineData("", "", true)]
    [InlineData(null, null, false)]
    [InlineData(true, true, false)]
    public void StringEquals_compares_texts_only(object? left, object? right, bool expected) =>
        Assert.Equal(expected, Call("stringEquals", left, right));

    [Theory]
    [InlineData(null, false)]
    [InlineData(false, true)]
    [InlineData("", true)]
    public void IsSet_asks_for_a_value_whatever_it_is(object? value, bool expected) => Assert.Equal(expected, Call("isSet", value));

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(null, true)]
    public void Not_inverts_a_boolean(object? value, bool expected) => Assert.Equal(expected, Call("not", value));

    [Theory]
    [InlineData("isValidHostLabel")]
    [InlineData("aws.isVirtualHostableS3Bucket")]
    public void A_missing_name_is_no_host(string function) => Assert.Equal(false, Call(function, null, true));

    [Fact]
    public void A_function_that_the_rules_cannot_have_is_a_fault_of_the_data() =>
        Assert.Throws<InvalidDataException>(() => Functions.Named("aws.newThing"));

    private static object? Call(string function, params object?[] arguments) => Functions.Named(function)(arguments);
}
