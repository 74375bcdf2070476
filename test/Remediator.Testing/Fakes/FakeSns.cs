using System.Text.Json;
using Remediator.Aws;
using Remediator.Values;

namespace Remediator.Testing.Fakes;

/// <summary>Topics, with what was published.</summary>
internal sealed class FakeSns
{
    private readonly List<JsonElement> _messages = [];

    public FakeSns(FakeAws aws) => aws.On("sns:Publish", Publish);

    public IReadOnlyList<JsonElement> Messages => [.. _messages];

    public JsonElement Publish(JsonElement input)
    {
        _messages.Add(input.Clone());
        return Json.Parse("""{"MessageId":"m"}""");
    }

    /// <summary>The messages as a subscribed queue gets them.</summary>
    public IReadOnlyList<JsonElement> ForQueues => [.. _messages.Select(m => Json.Parse(Json.Parse(m.TextOf("Message")!).TextOf("sqs")!))];
}
