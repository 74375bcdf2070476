using System.Globalization;
using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Microsoft.Extensions.Time.Testing;
using Remediator.Aws.Sdk;

namespace Remediator.Tests.Aws;

public sealed class ServiceClockTests
{
    private static readonly DateTimeOffset Ours = DateTimeOffset.Parse("2026-10-02T07:00:00Z", CultureInfo.InvariantCulture);

    private readonly ServiceClock clock = new(new FakeTimeProvider(Ours));

    [Fact]
    public void Calls_that_were_refused_at_once_are_all_made_again_by_the_services_time()
    {
        var signedAt = clock.Now;
        var theirs = Ours.AddHours(3);

        Assert.True(clock.Corrects(Refused("RequestTimeTooSkewed", theirs), signedAt));
        Assert.True(clock.Corrects(Refused("RequestTimeTooSkewed", theirs), signedAt));
        Assert.Equal(theirs.UtcDateTime, clock.Now);
        Assert.False(clock.Corrects(Refused("RequestTimeTooSkewed", theirs), clock.Now));
    }

    [Theory]
    [InlineData("AccessDenied", 180)]
    [InlineData("SignatureDoesNotMatch", 3)]
    public void Another_error_and_a_small_difference_change_nothing(string code, int minutes)
    {
        Assert.False(clock.Corrects(Refused(code, Ours.AddMinutes(minutes)), clock.Now));
        Assert.Equal(Ours.UtcDateTime, clock.Now);
    }

    private static AmazonServiceException Refused(string code, DateTimeOffset theirs) => new(
        "refused",
        new HttpErrorResponseException(new FakeHead(403, new Dictionary<string, string>
        {
            ["Date"] = theirs.ToString("r", CultureInfo.InvariantCulture),
        })),
        ErrorType.Unknown,
        code,
        "",
        HttpStatusCode.Forbidden);
}
