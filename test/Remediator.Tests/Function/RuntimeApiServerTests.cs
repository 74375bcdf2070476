using System.Net;
using Remediator.Emulator;

namespace Remediator.Tests.Function;

public sealed class RuntimeApiServerTests
{
    /// <remarks>A listener of .NET that is closed meanwhile may stand still for ever, or end the process.</remarks>
    [Fact]
    public async Task Request_while_the_server_ends_is_answered_or_cut_and_one_after_it_is_cut()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        async Task CloseAsync()
        {
            for (var i = 0; i < 20; i++)
            {
                var api = RuntimeApiServer.Start();
                var asked = StatusAsync(http, api);
                for (var k = 0; k < i % 10; k++)
                {
                    await Task.Yield();
                }

                await api.DisposeAsync();

                Assert.True(await asked is null or HttpStatusCode.NotFound);
                Assert.Null(await StatusAsync(http, api));
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(CloseAsync)));
    }

    /// <summary>Null where the connection was cut.</summary>
    private static async Task<HttpStatusCode?> StatusAsync(HttpClient http, RuntimeApiServer api)
    {
        try
        {
            using var answer = await http.GetAsync($"http://{api.Address}/2018-06-01/nothing");
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
