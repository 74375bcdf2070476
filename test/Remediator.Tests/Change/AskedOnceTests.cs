using System.Text.Json;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>One look at a resource puts each question once, and the next look puts it again.</summary>
public sealed class AskedOnceTests
{
    private const string Instances = "ec2:DescribeInstances";

    [Fact]
    public async Task Same_question_has_the_same_answer_and_costs_one_call()
    {
        var fake = new FakeAws().On("iam:GetUser", """{"User":{"UserName":"ann"}}""").On("iam:GetRole", "{}");
        var look = new AskedOnce(fake);

        var first = await FirstAsync(look, "iam:GetUser", """{"UserName":"ann"}""");
        Assert.Equal(first, await FirstAsync(look, "iam:GetUser", """{"UserName":"ann"}"""));
        await FirstAsync(look, "iam:GetUser", """{"UserName":"ben"}""");
        await FirstAsync(look, "iam:GetRole", """{"UserName":"ann"}""");

        Assert.Equal(["iam:GetUser", "iam:GetUser", "iam:GetRole"], fake.Calls);
    }

    [Fact]
    public async Task Question_without_an_input_is_one_as_well()
    {
        var fake = new FakeAws().On("iam:ListUsers", "{}");
        var look = new AskedOnce(fake);

        await look.PagesAsync("iam:ListUsers", default, default).ToListAsync();
        await look.PagesAsync("iam:ListUsers", default, default).ToListAsync();

        Assert.Equal(["iam:ListUsers"], fake.Calls);
    }

    [Fact]
    public async Task Look_makes_no_call_that_is_not_a_question() => Assert.Equal(
        "A look reads pages: iam:DeleteUser is none of its questions.",
        (await Assert.ThrowsAsync<InvalidOperationException>(
            () => new AskedOnce(new FakeAws()).CallAsync("iam:DeleteUser", Json.EmptyObject, default))).Message);

    [Fact]
    public async Task What_failed_is_asked_again()
    {
        var isDown = true;
        var fake = new FakeAws().On(
            "iam:GetUser", _ => isDown ? throw FakeAws.Error("iam:GetUser", "ServiceFailure", 500) : Json.Parse("""{"User":{}}"""));
        var look = new AskedOnce(fake);
        await Assert.ThrowsAsync<AwsException>(() => FirstAsync(look, "iam:GetUser", "{}"));

        isDown = false;

        Assert.Equal("""{"User":{}}""", await FirstAsync(look, "iam:GetUser", "{}"));
    }

    [Fact]
    public Task A_look_changes_nothing() => Assert.ThrowsAsync<InvalidOperationException>(
        () => new AskedOnce(new FakeAws()).CallAsync("iam:DeleteUser", Json.EmptyObject, CancellationToken.None));

    [Fact]
    public async Task Plan_and_read_back_are_a_look_each_and_the_read_back_is_live()
    {
        await using var host = new InMemoryHost();
        var tokens = "optional";
        host.Fake.On(Instances, _ => Instance(tokens, "[]"));
        host.Fake.On("ec2:ModifyInstanceMetadataOptions", _ =>
        {
            tokens = "required";
            return Json.EmptyObject;
        });

        Steps.AssertOutcome("fixed", await host.EventAsync("EC2_IMDSV2_CHECK", "AWS::EC2::Instance", "i-1"));

        // The setting, the state of the instance and the type's guards stand in one answer.
        Assert.Equal(
            [Instances, "ec2:DescribeTags", "ec2:ModifyInstanceMetadataOptions", Instances],
            host.Fake.Calls.Where(c => c.StartsWith("ec2:", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""[{"Key":"aws:cloudformation:stack-name","Value":"web"}]""", "web")]
    [InlineData("""[{"Key":"team","Value":"blue"}]""", null)]
    public async Task Tags_that_an_instance_is_described_with_are_not_asked_for(string tags, string? stack)
    {
        await using var host = new InMemoryHost();
        var tokens = "optional";
        host.Fake.On(Instances, _ => Instance(tokens, tags));
        host.Fake.On("ec2:ModifyInstanceMetadataOptions", _ =>
        {
            tokens = "required";
            return Json.EmptyObject;
        });

        var ended = await host.EventAsync("EC2_IMDSV2_CHECK", "AWS::EC2::Instance", "i-1");

        Steps.AssertOutcome("fixed", ended);
        Assert.DoesNotContain("ec2:DescribeTags", host.Fake.Calls);
        Assert.Equal(stack, (await host.IncidentOf(ended)).Change!.Owner?.Name);
    }

    private static JsonElement Instance(string tokens, string tags) => Json.Parse($$$"""
        {"Reservations":[{"Instances":[{"InstanceId":"i-1","State":{"Name":"running"},"Tags":{{{tags}}},
         "MetadataOptions":{"HttpTokens":"{{{tokens}}}","HttpEndpoint":"enabled"}}]}]}
        """);

    private static async Task<string> FirstAsync(AskedOnce look, string operation, string input)
    {
        await foreach (var page in look.PagesAsync(operation, Json.Parse(input), CancellationToken.None))
        {
            return page.GetRawText();
        }

        return "";
    }
}
