using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Tests.Playbooks;

public sealed class PolicyOfGranteesTests
{
    private const string Rest = "\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::orders/*\"";

    [Theory]
    [InlineData("""{"AWS":"111122223333"}""", """{"AWS":"111122223333"}""")]
    [InlineData("""{"AWS":"arn:aws:iam::111122223333:root"}""", """{"AWS":"arn:aws:iam::111122223333:root"}""")]
    [InlineData("""{"AWS":["111122223333","999900009999"]}""", """{"AWS":["111122223333"]}""")]
    [InlineData("""{"AWS":"arn:aws:iam::444455556666:role/read-a"}""", """{"AWS":"arn:aws:iam::444455556666:role/read-a"}""")]
    [InlineData("""{"AWS":"arn:aws:iam::444455556666:role/write"}""", null)]
    [InlineData("""{"AWS":"arn:aws:iam::444455556666:role/*"}""", null)]
    [InlineData("""{"AWS":"999900009999"}""", null)]
    [InlineData("\"*\"", null)]
    [InlineData("""{"AWS":"*"}""", null)]
    [InlineData("""{"Service":["logs.amazonaws.com","sns.amazonaws.com"]}""", """{"Service":["logs.amazonaws.com"]}""")]
    [InlineData("""{"Federated":"cognito-identity.amazonaws.com"}""", null)]
    [InlineData("""{"CanonicalUser":"abc"}""", null)]
    [InlineData("""{"AWS":"999900009999","Service":"logs.amazonaws.com"}""", """{"Service":"logs.amazonaws.com"}""")]
    public void Whoever_is_not_listed_goes(string principal, string? left)
    {
        var expected = left is null ? "[]" : $$"""[{"Effect":"Allow","Principal":{{left}},{{Rest}}}]""";

        Assert.Equal(expected, Left($$"""{"Effect":"Allow","Principal":{{principal}},{{Rest}}}"""));
    }

    [Theory]
    [InlineData("""{"IpAddress":{"aws:SourceIp":["10.0.0.0/8"]}}""", true)]
    [InlineData("""{"IpAddress":{"aws:SourceIp":["10.0.0.0/8","0.0.0.0/0"]}}""", false)]
    [InlineData("""{"NotIpAddress":{"aws:SourceIp":"10.0.0.0/8"}}""", false)]
    [InlineData("""{"StringEquals":{"aws:sourceVpc":"vpc-1"}}""", true)]
    [InlineData("""{"StringNotEquals":{"aws:sourceVpc":"vpc-1"}}""", false)]
    [InlineData("""{"StringEqualsIfExists":{"aws:sourceVpc":"vpc-1"}}""", false)]
    public void Listed_places_let_everybody_in(string condition, bool stays)
    {
        var statement = $$"""{"Effect":"Allow","Principal":"*",{{Rest}},"Condition":{{condition}}}""";

        Assert.Equal(stays ? $"[{statement}]" : "[]", Left(statement));
    }

    [Theory]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}""", true)]
    [InlineData("""{"Effect":"Allow","NotPrincipal":{"AWS":"999900009999"},"Action":"*","Resource":"*"}""", false)]
    public void Denials_stay_and_all_but_some_goes(string statement, bool stays) =>
        Assert.Equal(stays ? $"[{statement}]" : "[]", Left(statement));

    private static string Left(string statement)
    {
        var scope = Scope.Empty
            .With("state", Json.Parse($$"""{"Version":"2012-10-17","Statement":[{{statement}}]}"""))
            .With("rule", Json.Parse("""
                {"awsPrincipals":"111122223333, arn:aws:iam::444455556666:role/read*","servicePrincipals":"logs.amazonaws.com",
                 "ipAddresses":"10.0.0.0/8","vpcIds":"vpc-1"}
                """));
        return PolicyOfGrantees.Of(scope).GetProperty("Statement").GetRawText();
    }
}
