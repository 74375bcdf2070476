using Remediator.Aws.Endpoints;

namespace Remediator.Tests.Aws.Endpoints;

public sealed class ParsedUrlTests
{
    [Theory]
    [InlineData("https://example.com", "https", "example.com", "", "/", false)]
    [InlineData("http://example.com/", "http", "example.com", "/", "/", false)]
    [InlineData("https://example.com:8443/base/path", "https", "example.com:8443", "/base/path", "/base/path/", false)]
    [InlineData("https://example.com/base/path/", "https", "example.com", "/base/path/", "/base/path/", false)]
    [InlineData("https://example.com//a/../b", "https", "example.com", "//a/../b", "//a/../b/", false)]
    [InlineData("https://example.com/a%20b", "https", "example.com", "/a%20b", "/a%20b/", false)]
    [InlineData("HTTPS://Example.COM", "https", "Example.COM", "", "/", false)]
    [InlineData("http://localhost:4566", "http", "localhost:4566", "", "/", false)]
    [InlineData("http://moto_server:5000", "http", "moto_server:5000", "", "/", false)]
    [InlineData("http://127.0.0.1", "http", "127.0.0.1", "", "/", true)]
    [InlineData("http://127.0.0.1:5000/x", "http", "127.0.0.1:5000", "/x", "/x/", true)]
    [InlineData("https://[::1]", "https", "[::1]", "", "/", true)]
    [InlineData("https://[2001:db8::7]:8443/x", "https", "[2001:db8::7]:8443", "/x", "/x/", true)]
    [InlineData("https://127.0.0.1.example.com", "https", "127.0.0.1.example.com", "", "/", false)]
    public void A_url_is_taken_apart_as_it_was_written(
        string text, string scheme, string authority, string path, string normalizedPath, bool isIp)
    {
        var url = ParsedUrl.Parse(text)!;

        Assert.Equal((scheme, authority, path, normalizedPath, isIp), (url.Scheme, url.Authority, url.Path, url.NormalizedPath, url.IsIp));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("example.com")]
    [InlineData("//example.com")]
    [InlineData("ftp://example.com")]
    [InlineData("https:/example.com")]
    [InlineData("https://")]
    [InlineData("https:///path")]
    [InlineData("https://:443")]
    [InlineData("https://example.com?query=1")]
    [InlineData("https://example.com/path?")]
    [InlineData("https://example.com/path#fragment")]
    [InlineData("https://example.com:port")]
    [InlineData("https://example.com:")]
    [InlineData("https://example.com:65536")]
    [InlineData("https://example.com:-1")]
    [InlineData("https://user@example.com")]
    [InlineData("https://user:secret@example.com")]
    [InlineData("https://exa mple.com")]
    [InlineData("https://example.com\\evil")]
    [InlineData("https://example.com/a b")]
    [InlineData("https://example.com\n")]
    [InlineData("https://[::1")]
    [InlineData("https://[127.0.0.1]")]
    [InlineData("https://[nonsense]")]
    [InlineData("https://::1")]
    public void What_is_no_plain_http_url_is_refused(string? text) => Assert.Null(ParsedUrl.Parse(text));

    [Theory]
    [InlineData("scheme", "https")]
    [InlineData("authority", "127.0.0.1:80")]
    [InlineData("path", "/p")]
    [InlineData("normalizedPath", "/p/")]
    [InlineData("isIp", true)]
    [InlineData("query", null)]
    public void Parts_are_read_by_name(string name, object? value) =>
        Assert.Equal(value, new AttributePath(name).Read(ParsedUrl.Parse("https://127.0.0.1:80/p")));
}
