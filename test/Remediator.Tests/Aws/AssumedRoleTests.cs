using System.Net;
using Amazon.Runtime;
using Remediator.Aws;
using Remediator.Values;

namespace Remediator.Tests.Aws;

public sealed class AssumedRoleTests
{
    [Fact]
    public async Task A_call_in_another_account_is_signed_with_the_role_there()
    {
        using var http = new Recorder();
        var options = new AwsClientOptions { Endpoints = AwsEndpointSettings.At(new("http://aws.test")), HttpHandler = http };
        using var accounts = new AwsAccounts(
            new BasicAWSCredentials("OWN", "secret"), new AccountAccess("111111111111", "Remediator", new("test")), new Roles(), options);

        await accounts.For("222222222222", "eu-west-1").CallAsync("sqs:ListQueues", Json.EmptyObject, CancellationToken.None);

        Assert.Contains("Credential=role-in-222222222222/", http.Authorization, StringComparison.Ordinal);
    }

    private sealed class Roles : ICredentialsSource
    {
        public Task<RoleCredentials> AssumeAsync(RoleRequest request, CancellationToken ct) =>
            Task.FromResult(new RoleCredentials($"role-in-{request.RoleArn.Split(':')[4]}", "secret", "token", DateTimeOffset.MaxValue));
    }

    private sealed class Recorder : HttpMessageHandler
    {
        public string Authorization { get; private set; } = "";

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
        {
            Authorization = string.Join(",", request.Headers.GetValues("Authorization"));
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("{}") });
        }
    }
}
