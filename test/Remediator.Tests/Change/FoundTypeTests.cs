using Remediator.Change;
using Remediator.Emulator;
using Remediator.Playbooks;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>What is known of a type is asked of the resource that the event names, whatever name a playbook has found beside.</summary>
public sealed class FoundTypeTests
{
    private static readonly Playbook Playbook = new PlaybookLibrary(Repository.At("playbooks")).Load("dynamodb/table-deletion-protection");
    private readonly FakeAws _aws = new FakeAws()
        .On("dynamodb:DescribeTable", """{"Table":{"TableName":"orders","TableStatus":"ACTIVE"}}""");

    [Fact]
    public async Task Resource_goes_by_the_last_part_of_its_own_name()
    {
        var found = await ReadAsync("""{"type":"AWS::DynamoDB::Table","id":"orders","name":"another","parts":["x","orders"]}""");

        Assert.Equal((null, null), (found.Gone, found.Broken));
        Assert.Equal("""{"TableName":"orders"}""", Assert.Single(_aws.All).Input.GetRawText());
    }

    [Fact]
    public async Task Without_parts_it_goes_by_the_name_that_is_known()
    {
        await ReadAsync("""{"type":"AWS::DynamoDB::Table","id":"orders","name":"orders"}""");
        await ReadAsync("""{"type":"AWS::DynamoDB::Table","id":"orders","name":"orders","parts":[]}""");

        Assert.All(_aws.All, call => Assert.Equal("""{"TableName":"orders"}""", call.Input.GetRawText()));
    }

    [Fact]
    public async Task Resource_that_is_ending_is_gone()
    {
        _aws.On("dynamodb:DescribeTable", """{"Table":{"TableName":"orders","TableStatus":"DELETING"}}""");

        Assert.Equal(
            "dynamodb:DescribeTable does not find it, or says that it is ending",
            (await ReadAsync("""{"type":"AWS::DynamoDB::Table","id":"orders","name":"orders"}""")).Gone);
    }

    [Fact]
    public async Task Of_another_type_nothing_is_asked()
    {
        Assert.Equal(new FoundType(null, null), await ReadAsync("""{"type":"AWS::X::Thing","id":"orders","name":"orders"}"""));

        Assert.Empty(_aws.Calls);
    }

    private Task<FoundType> ReadAsync(string resource) =>
        FoundType.ReadAsync(Playbook, Scope.Empty.With("resource", Json.Parse(resource)), _aws, CancellationToken.None);
}
