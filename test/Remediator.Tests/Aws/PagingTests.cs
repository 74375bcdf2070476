using System.Text.Json;
using Amazon.Runtime;
using Remediator.Aws;

namespace Remediator.Tests.Aws;

public sealed class PagingTests
{
    [Fact]
    public async Task Pages_follow_one_another_until_there_is_no_token()
    {
        using var stub = new Stub(
            new StubAnswer(200, """{"TableNames":["a","b"],"LastEvaluatedTableName":"b"}"""),
            new StubAnswer(200, """{"TableNames":["c"]}"""));

        var pages = await PagesAsync(stub, "dynamodb:ListTables", """{"Limit":2}""");

        Assert.Equal(
            ["a", "b", "c"], pages.SelectMany(page => page.GetProperty("TableNames").EnumerateArray()).Select(name => name.GetString()));
        Assert.Equal("""{"Limit":2,"ExclusiveStartTableName":"b"}""", stub.Requests[1].Body);
    }

    /// <summary>An account has more rules than fit on a page; a count needs all of them.</summary>
    [Fact]
    public async Task Rules_of_an_account_come_in_pages()
    {
        using var stub = new Stub(
            new StubAnswer(200, """{"ConfigRules":[{"ConfigRuleName":"a"}],"NextToken":"more"}"""),
            new StubAnswer(200, """{"ConfigRules":[{"ConfigRuleName":"b"}]}"""));

        Assert.Equal(2, (await PagesAsync(stub, "config:DescribeConfigRules", "{}")).Count);
        Assert.Equal("""{"NextToken":"more"}""", stub.Requests[1].Body);
    }

    [Fact]
    public async Task Pages_end_where_the_service_says_that_there_is_no_more_though_it_gives_a_token()
    {
        using var stub = new Stub(
            new StubAnswer(200, "<R><ListUsersResult><Users/><IsTruncated>false</IsTruncated><Marker>m</Marker></ListUsersResult></R>"));

        Assert.Single(await PagesAsync(stub, "iam:ListUsers", "{}"));
    }

    [Fact]
    public async Task An_operation_without_pages_gives_one()
    {
        using var stub = new Stub(new StubAnswer(200, """{"Table":{"TableName":"t"}}"""));

        Assert.Single(await PagesAsync(stub, "dynamodb:DescribeTable", """{"TableName":"t"}"""));
    }

    [Fact]
    public async Task A_service_that_gives_the_same_token_again_is_not_followed_for_ever()
    {
        using var stub = new Stub(new StubAnswer(200, """{"TableNames":[],"LastEvaluatedTableName":"b"}"""));

        var fault = await Assert.ThrowsAsync<AwsException>(() => PagesAsync(stub, "dynamodb:ListTables", "{}"));

        Assert.Equal("RepeatedPage", fault.Code);
    }

    private static async Task<List<JsonElement>> PagesAsync(Stub stub, string operation, string input)
    {
        using var client = new AwsClient(
            new BasicAWSCredentials("key", "secret"), "eu-west-1", new AwsClientOptions { Endpoints = AwsEndpointSettings.At(stub.Url) });
        var pages = new List<JsonElement>();
        await foreach (var page in client.PagesAsync(operation, JsonElement.Parse(input), CancellationToken.None))
        {
            pages.Add(page);
        }

        return pages;
    }
}
