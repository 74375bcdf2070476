using System.Runtime.CompilerServices;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Values;

namespace Remediator.Tests.Change;

public class BoundedAwsTests
{
    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(2, 2, false)]
    [InlineData(3, 2, true)]
    [InlineData(9, 2, true)]
    public async Task List_is_read_up_to_its_limit_and_the_rest_is_reported(int pages, int read, bool cut)
    {
        var aws = new BoundedAws(new Paged(pages), mostCalls: 5, mostPages: 2);

        var seen = 0;
        await foreach (var page in aws.PagesAsync("iam:ListUsers", Json.EmptyObject, CancellationToken.None))
        {
            seen++;
        }

        Assert.Equal((read, cut), (seen, aws.WasCut));
    }

    [Fact]
    public async Task Calls_beyond_the_bound_are_not_made()
    {
        var inner = new Paged(1);
        var aws = new BoundedAws(inner, mostCalls: 2, mostPages: 2);
        await aws.CallAsync("iam:GetUser", Json.EmptyObject, CancellationToken.None);
        await aws.CallAsync("iam:GetUser", Json.EmptyObject, CancellationToken.None);

        await Assert.ThrowsAsync<CallLimitException>(() => aws.CallAsync("iam:GetUser", Json.EmptyObject, CancellationToken.None));

        Assert.Equal(2, inner.Calls);
    }

    private sealed class Paged(int pages) : IAws
    {
        public int Calls { get; private set; }

        public Task<JsonElement> CallAsync(string operation, JsonElement input, CancellationToken ct)
        {
            Calls++;
            return Task.FromResult(Json.EmptyObject);
        }

        public async IAsyncEnumerable<JsonElement> PagesAsync(
            string operation, JsonElement input, [EnumeratorCancellation] CancellationToken ct)
        {
            for (var i = 0; i < pages; i++)
            {
                yield return await CallAsync(operation, input, ct);
            }
        }
    }
}
