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

    /// <summary>The first page is the call itself; each further one is another call.</summary>
    [Theory]
    [InlineData(1, 3, 3)]
    [InlineData(2, 2, 2)]
    [InlineData(2, 3, 3)]
    public async Task Each_page_is_a_call_and_the_bound_holds_for_all(int pages, int most, int read)
    {
        var aws = new BoundedAws(new Paged(pages), most, mostPages: 5);

        var seen = 0;
        var error = await Assert.ThrowsAsync<CallLimitException>(async () =>
        {
            while (true)
            {
                await foreach (var page in aws.PagesAsync("iam:ListUsers", Json.EmptyObject, CancellationToken.None))
                {
                    seen++;
                }
            }
        });

        Assert.Equal($"More than {most} calls would be needed.", error.Message);
        Assert.InRange(seen, read, read + 1);
    }

    [Fact]
    public async Task What_was_cut_before_is_not_said_of_the_next_question()
    {
        var aws = new BoundedAws(new Paged(3), mostCalls: 9, mostPages: 2);
        await aws.PagesAsync("iam:ListUsers", Json.EmptyObject, CancellationToken.None).ToListAsync();
        Assert.True(aws.WasCut);

        aws.Begin();

        Assert.False(aws.WasCut);
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
