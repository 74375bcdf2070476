using FsCheck;
using FsCheck.Fluent;
using Remediator.Aws;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;
using Remediator.Tests.Aws.Conformance;

namespace Remediator.Tests.Aws;

public sealed class ProtocolRoundTripTests
{
    [Theory]
    [InlineData("json")]
    [InlineData("rest-json")]
    [InlineData("rest-xml")]
    public void Every_value_that_a_model_allows_survives_writing_and_reading(string protocol) =>
        Check(protocol, (operation, request) =>
        {
            var response = new WireResponse(new FakeHead(200, request.Headers), request.Body);
            return Output.Write(output => Inner(operation, response, output));
        });

    [Theory]
    [InlineData("query")]
    [InlineData("ec2")]
    public void Every_input_that_a_model_allows_can_be_read_back_from_the_form(string protocol) =>
        Check(protocol, (operation, request) => FormReading.Read(request.Body.Span, operation.Input!, isEc2: protocol == "ec2"));

    private static void Check(string protocol, Func<OperationModel, WireRequest, System.Text.Json.JsonElement> readBack)
    {
        var operation = RoundTripModel.Of(protocol);
        var property = Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var input = new RandomInput(seed, operation.Service.IsXml).For(operation.Input!);
            InputCheck.Run(operation, input);
            var request = Protocol.Of(operation.Service.Protocol).Write(operation, input, new TokenSource(() => "token"));
            var difference = JsonComparison.Difference(CaseValues.ToOutput(input, null), readBack(operation, request));
            Assert.True(
                difference is null, $"{difference}\n{input.GetRawText()}\n{System.Text.Encoding.UTF8.GetString(request.Body.Span)}");
        });
        FsCheck.Check.One(Samples.Cases(300), property);
    }

    private static void Inner(OperationModel operation, WireResponse response, System.Text.Json.Utf8JsonWriter output)
    {
        // The protocol writes a whole object; only its members are compared.
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new System.Text.Json.Utf8JsonWriter(buffer, Output.Options))
        {
            Protocol.Of(operation.Service.Protocol).Read(operation, response, writer);
        }

        foreach (var member in System.Text.Json.JsonElement.Parse(buffer.WrittenSpan).EnumerateObject())
        {
            member.WriteTo(output);
        }
    }
}
