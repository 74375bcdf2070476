using Remediator.Aws.Endpoints;

namespace Remediator.Tests.Aws.Endpoints;

public sealed class HostLabelTests
{
    private static readonly string Longest = new('a', 63);

    [Theory]
    [InlineData("a", true)]
    [InlineData("0", true)]
    [InlineData("us-east-1", true)]
    [InlineData("UPPER", true)]
    [InlineData("a--b", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("-", false)]
    [InlineData("a_b", false)]
    [InlineData("a b", false)]
    [InlineData("a.b", false)]
    [InlineData("a\n", false)]
    [InlineData("é", false)]
    [InlineData("a/b", false)]
    [InlineData("٣", false)]
    public void A_label_is_letters_digits_and_inner_hyphens(string label, bool valid) =>
        Assert.Equal(valid, HostLabel.IsValid(label, allowSubDomains: false));

    [Fact]
    public void A_label_has_at_most_63_characters()
    {
        Assert.True(HostLabel.IsValid(Longest, allowSubDomains: false));
        Assert.False(HostLabel.IsValid(Longest + "a", allowSubDomains: false));
        Assert.True(HostLabel.IsValid($"{Longest}.{Longest}", allowSubDomains: true));
        Assert.False(HostLabel.IsValid($"{Longest}.{Longest}a", allowSubDomains: true));
    }

    [Theory]
    [InlineData("a.b.c", true)]
    [InlineData("a", true)]
    [InlineData("abc123.456def", true)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("a.", false)]
    [InlineData(".a", false)]
    [InlineData("a..b", false)]
    [InlineData("a.-b", false)]
    [InlineData("a-.b", false)]
    public void With_sub_domains_every_part_is_a_label(string name, bool valid) =>
        Assert.Equal(valid, HostLabel.IsValid(name, allowSubDomains: true));

    [Theory]
    [InlineData("abc", true, true)]
    [InlineData("my-bucket-1", true, true)]
    [InlineData("123", true, true)]
    [InlineData("a.b", false, true)]
    [InlineData("www.example.com", false, true)]
    [InlineData("ab", false, false)]
    [InlineData("", false, false)]
    [InlineData("Bucket", false, false)]
    [InlineData("buckeT", false, false)]
    [InlineData("my_bucket", false, false)]
    [InlineData("-bucket", false, false)]
    [InlineData("bucket-", false, false)]
    [InlineData("a..b", false, false)]
    [InlineData("a.-b", false, false)]
    [InlineData("192.168.5.4", false, false)]
    [InlineData("999.999.999.999", false, false)]
    [InlineData("1.2.3", false, true)]
    [InlineData("1.2.3.4.5", false, true)]
    [InlineData("1.2.3.4000", false, true)]
    public void A_bucket_stands_in_a_host_name_only_when_dns_takes_it(string bucket, bool alone, bool withSubDomains)
    {
        Assert.Equal(alone, HostLabel.IsVirtualHostableBucket(bucket, allowSubDomains: false));
        Assert.Equal(withSubDomains, HostLabel.IsVirtualHostableBucket(bucket, allowSubDomains: true));
    }

    [Fact]
    public void A_bucket_in_a_host_name_has_at_most_63_characters_in_all()
    {
        Assert.True(HostLabel.IsVirtualHostableBucket(Longest, allowSubDomains: false));
        Assert.False(HostLabel.IsVirtualHostableBucket(Longest + "a", allowSubDomains: false));
        Assert.False(HostLabel.IsVirtualHostableBucket(Longest + ".a", allowSubDomains: true));
    }
}
