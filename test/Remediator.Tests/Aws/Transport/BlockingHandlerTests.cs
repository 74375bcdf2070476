using System.Net;
using System.Net.Security;
using Remediator.Aws.Transport;

namespace Remediator.Tests.Aws.Transport;

public sealed class BlockingHandlerTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Calls_end_before_they_return_and_share_a_connection(bool isEncrypted)
    {
        using var server = new WireServer(isEncrypted, path => Answer(path));
        using var client = NewClient();

        for (var i = 0; i < 3; i++)
        {
            var call = client.GetStringAsync(new Uri(server.Url, $"{i}"));

            Assert.True(call.IsCompleted);
            Assert.Equal($"/{i}", await call);
        }

        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Connection_that_the_server_closed_is_not_used_again(bool isEncrypted)
    {
        using var server = new WireServer(isEncrypted, path => path is "/first" ? Answer(path, "Connection: close\r\n") : Answer(path));
        using var client = NewClient();

        Assert.Equal("/first", await client.GetStringAsync(new Uri(server.Url, "first")));
        Assert.Equal("/second", await client.GetStringAsync(new Uri(server.Url, "second")));

        Assert.Equal(2, server.Connections);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_that_waits_for_an_answer_ends_when_it_is_cancelled(bool isEncrypted)
    {
        using var server = new WireServer(isEncrypted, _ => null);
        using var client = NewClient();
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        var call = Task.Run(() => client.GetStringAsync(server.Url, cancelled.Token), CancellationToken.None);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Long, CancellationToken.None));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_that_stalls_is_waited_for_no_longer_than_a_silence_may_be(bool isEncrypted)
    {
        using var server = new WireServer(isEncrypted, _ => "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        using var client = NewClient(TimeSpan.FromMilliseconds(300));

        var call = Task.Run(() => client.GetStringAsync(server.Url));

        var fault = await Xunit.Record.ExceptionAsync(() => call.WaitAsync(Long));
        Assert.True(fault is IOException or HttpRequestException, $"{fault}");
    }

    [Fact]
    public async Task Nobody_there_is_an_error_and_the_name_of_nobody_too()
    {
        using var client = NewClient();

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(new Uri("http://127.0.0.1:1/")));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(new Uri("http://nobody.invalid/")));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", "abcde")]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabcde", "abcde")]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", "")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "")]
    public async Task Body_is_read_to_its_end(string answer, string body)
    {
        using var server = new WireServer(isEncrypted: false, _ => answer);
        using var client = NewClient();

        Assert.Equal(body, await client.GetStringAsync(server.Url));
    }

    [Fact]
    public async Task Headers_of_the_content_are_kept()
    {
        const string headers = "Content-Type: text/odd; charset=none\r\nX-Mine: a, b\r\n";
        using var server = new WireServer(isEncrypted: false, path => Answer(path, headers));
        using var client = NewClient();

        using var response = await client.GetAsync(server.Url);

        Assert.Equal("text/odd; charset=none", response.Content.Headers.NonValidated["Content-Type"].ToString());
        Assert.Equal("a, b", response.Headers.NonValidated["X-Mine"].ToString());
    }

    [Fact]
    public async Task Calls_go_through_a_proxy_over_one_connection()
    {
        using var server = new WireServer(isEncrypted: true, path => Answer(path));
        using var tunnel = new Tunnel();
        using var client = NewClient(proxy: new WebProxy(tunnel.Url));

        var calls = Task.Run(async () =>
        {
            Assert.Equal("/1", await client.GetStringAsync(new Uri(server.Url, "1")));
            Assert.Equal("/2", await client.GetStringAsync(new Uri(server.Url, "2")));
        });

        await calls.WaitAsync(Long);
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Category", "Slow")]
    public async Task Connection_that_the_pool_has_looked_after_is_used_again(bool isEncrypted)
    {
        using var server = new WireServer(isEncrypted, path => Answer(path));
        using var client = NewClient(idle: TimeSpan.FromSeconds(8));
        await client.GetStringAsync(new Uri(server.Url, "1"));

        // The pool looks after its connections by a clock of its own: every quarter of the longest idle time.
        await Task.Delay(TimeSpan.FromSeconds(3));
        var second = Task.Run(() => client.GetStringAsync(new Uri(server.Url, "2")));

        Assert.Equal("/2", await second.WaitAsync(Long));
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData(4, 4, true)]
    [InlineData(5, 4, false)]
    [InlineData(5000, 4999, false)]
    [InlineData(5000, 5000, true)]
    public void Body_has_a_limit(int size, int most, bool isRead)
    {
        var unknownLength = new StreamContent(new MemoryStream(new byte[size]));
        unknownLength.Headers.ContentLength = null;

        HttpContent Read() => ResponseBody.Read(unknownLength, most, CancellationToken.None);

        if (isRead)
        {
            Assert.Equal(size, Read().Headers.ContentLength);
        }
        else
        {
            Assert.Throws<IOException>(Read);
        }
    }

    private static string Answer(string path, string headers = "") =>
        $"HTTP/1.1 200 OK\r\n{headers}Content-Length: {path.Length}\r\n\r\n{path}";

    private static HttpClient NewClient(TimeSpan? silence = null, IWebProxy? proxy = null, TimeSpan? idle = null)
    {
        var sockets = new SocketsHttpHandler
        {
            Proxy = proxy,
            UseProxy = proxy is not null,
            PooledConnectionIdleTimeout = idle ?? TimeSpan.FromMinutes(1),
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, given, _, _) => WireServer.IsIts(given),
            },
        };
        return new(new BlockingHandler(sockets, silence ?? Long));
    }
}
