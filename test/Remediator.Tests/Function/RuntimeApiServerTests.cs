using Remediator.Emulator;

namespace Remediator.Tests.Function;

public sealed class RuntimeApiServerTests
{
    /// <remarks>A listener of .NET that is closed meanwhile may stand still for ever, or end the process.</remarks>
    [Fact]
    public async Task Server_that_is_closed_while_a_request_arrives_ends()
    {
        using var http = new HttpClient();
        async Task CloseAsync()
        {
            for (var i = 0; i < 20; i++)
            {
                var api = RuntimeApiServer.Start();
                var asked = http.GetAsync($"http://{api.Address}/2018-06-01/nothing");
                for (var k = 0; k < i % 10; k++)
                {
                    await Task.Yield();
                }

                await api.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
                await asked.ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(CloseAsync)));
    }
}
