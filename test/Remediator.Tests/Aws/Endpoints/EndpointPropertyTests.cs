using FsCheck;
using FsCheck.Fluent;
using Remediator.Aws.Endpoints;

namespace Remediator.Tests.Aws.Endpoints;

public sealed class EndpointPropertyTests
{
    private static readonly string[] WithRulesOfTheirOwn = ["s3", "s3control", "dynamodb", "kinesis", "sts", "sesv2"];

    [Fact]
    public void Any_parameters_give_an_http_url_or_the_one_exception() =>
        Prop.ForAll(AnyParameters().ToArbitrary(), given => IsUrlOrFails(given.Service, given.Values))
            .Check(Samples.Cases(5000));

    /// <summary>What the property found once in millions of samples.</summary>
    [Fact]
    public void Host_name_with_a_label_that_begins_with_a_hyphen_is_no_endpoint() => Assert.Throws<AwsEndpointException>(() =>
        EndpointResolver.Resolve("kinesis", new()
        {
            ["Region"] = "us-east-1",
            ["StreamARN"] = "arn:aws:kinesis:us-east-1:123456789012:stream/s",
            ["OperationType"] = "",
        }));

    private static Gen<(string Service, (string Name, object Value)[] Values)> AnyParameters() =>
        from service in Gen.Frequency((3, Gen.Elements(WithRulesOfTheirOwn)), (2, Gen.Elements(CarriedServices.Names)))
        from values in AnyParameter(service).ArrayOf()
        select (service, values);

    private static Gen<(string Name, object Value)> AnyParameter(string service) =>
        from name in Gen.Elements(Array.ConvertAll(EndpointResolver.Find(service)!.Parameters, parameter => parameter.Name))
        from value in name is "Region" ? Gen.Frequency((9, Texts), (1, AnyValue)) : AnyValue
        select (name, value);

    private static Gen<object> Texts => Gen.Elements<object>(
        "us-east-1", "cn-north-1", "us-gov-west-1", "us-iso-east-1", "aws-global", "local", "snow",
        "", " ", "a.b", "reports", "www.example.com", "arn:::::", "mine--use1-az4--x-s3",
        "arn:aws:s3:us-east-1:123456789012:accesspoint:mine", "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-1/accesspoint/mine",
        "arn:aws:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap", "arn:aws:s3-object-lambda:us-east-1:123456789012:accesspoint:mine",
        "arn:aws:kinesis:us-east-1:123456789012:stream/s", "arn:aws:dynamodb:us-east-1:123456789012:table/t",
        "test-accessp-o0b1d075431d83bebde8xz5w8ijx1qzlbp3i3kuse10--op-s3",
        "https://example.com", "http://127.0.0.1:5000/x", "x://", "é", "\ud800",
        "required", "disabled", "preferred", "control", "123456789012", "{Region}", "{", "}}", "-");

    private static Gen<object> AnyValue => Gen.Frequency(
        (6, Texts),
        (6, Gen.Elements<object>(true, false)),
        (1, Texts.ArrayOf().Select(texts => (object)Array.ConvertAll(texts, text => (string)text))),
        (1, ArbMap.Default.GeneratorFor<string>().Select(text => (object)(text ?? ""))));

    private static bool IsUrlOrFails(string service, (string Name, object Value)[] values)
    {
        var parameters = new EndpointParameters();
        foreach (var (name, value) in values)
        {
            parameters[name] = value switch { string text => text, bool flag => flag, var list => (string[])list };
        }

        try
        {
            var endpoint = EndpointResolver.Resolve(service, parameters);
            return Uri.TryCreate(endpoint.Url, UriKind.Absolute, out var url) && (url.Scheme is "https" or "http") && url.Query.Length == 0;
        }
        catch (AwsEndpointException e)
        {
            return e.Reason.Length > 0;
        }
    }
}
