using System.Text.Json;
using Remediator.Aws;
using Remediator.Aws.Models;

namespace Remediator.Tests.Aws;

public sealed class ModelCatalogTests
{
    [Fact]
    public void An_operation_tells_what_it_takes()
    {
        var operation = ModelCatalog.Find("s3:PutPublicAccessBlock")!;

        var block = operation.Input!.Members["PublicAccessBlockConfiguration"].Shape;
        Assert.Equal(["Bucket", "PublicAccessBlockConfiguration"], operation.Input.Required);
        Assert.Equal(ShapeType.Boolean, block.Members["BlockPublicAcls"].Shape.Type);
        Assert.Equal(["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"], block.Members.Keys);
    }

    [Fact]
    public void Shapes_of_collections_have_their_element_shapes()
    {
        var permissions = ModelCatalog.Find("ec2:AuthorizeSecurityGroupIngress")!.Input!.Members["IpPermissions"].Shape;
        var item = ModelCatalog.Find("dynamodb:PutItem")!.Input!.Members["Item"].Shape;

        Assert.Equal(ShapeType.Integer, permissions.Element!.Shape.Members["FromPort"].Shape.Type);
        Assert.Equal((ShapeType.String, "AttributeValue"), (item.Key!.Shape.Type, item.Value!.Shape.Name));
    }

    [Fact]
    public void Shape_of_a_string_has_the_models_values() =>
        Assert.Contains("aws:kms", ModelCatalog.Find("s3:PutBucketEncryption")!.Input!
            .Members["ServerSideEncryptionConfiguration"].Shape.Members["Rules"].Shape.Element!.Shape
            .Members["ApplyServerSideEncryptionByDefault"].Shape.Members["SSEAlgorithm"].Shape.Enum);

    [Fact]
    public void An_operation_tells_how_its_pages_follow()
    {
        var paginator = ModelCatalog.Find("iam:ListUsers")!.Paginator!;

        Assert.Equal(
            ("Marker", "Marker", "Users", "IsTruncated"),
            (paginator.InputTokens[0], paginator.OutputTokens[0], paginator.ResultKeys[0], paginator.MoreResults));
        Assert.Null(ModelCatalog.Find("dynamodb:DescribeTable")!.Paginator);
    }

    [Fact]
    public void Every_operation_and_shape_of_a_models_text_is_found_in_it()
    {
        using var text = JsonDocument.Parse(EmbeddedText.Of("models/s3.json"));

        var model = ModelCatalog.Service("s3")!;
        Assert.Equal(text.RootElement.GetProperty("operations").EnumerateObject().Select(o => o.Name), model.Operations);
        Assert.All(text.RootElement.GetProperty("shapes").EnumerateObject(), s => Assert.Equal(s.Name, model.Shape(s.Name).Name));
    }

    [Theory]
    [InlineData("s3:NoSuchOperation")]
    [InlineData("nosuchservice:GetItem")]
    [InlineData("GetItem")]
    [InlineData("dynamodb:GetItem\":{\"http")]
    [InlineData("dynamodb:GetItemOutput")]
    public void What_is_not_there_is_null(string operation) => Assert.Null(ModelCatalog.Find(operation));

    [Fact]
    [Trait("Category", "Slow")]
    public void Every_shape_of_every_model_can_be_read()
    {
        var seen = 0;
        foreach (
            var operation in ModelCatalog.Services.SelectMany(service =>
                ModelCatalog.Operations(service).Select(name => ModelCatalog.Find($"{service}:{name}")!)))
        {
            seen += Walk(operation.Input, []) + Walk(operation.Output, []);
        }

        Assert.True(seen > 1000);
    }

    [Fact]
    public void The_list_of_services_and_the_models_agree()
    {
        foreach (var (service, id) in ModelCatalog.ServiceIds)
        {
            Assert.Equal(id, ModelCatalog.Service(service)!.Metadata.ServiceId);
        }
    }

    private static int Walk(Shape? shape, HashSet<Shape> seen)
    {
        if (shape is null || !seen.Add(shape))
        {
            return 0;
        }

        var parts = shape.Members.Values.Concat(new[] { shape.Element, shape.Key, shape.Value }.OfType<Member>());
        return 1
            + parts.Sum(part =>
                part.WireName.Length > 0
                    ? Walk(part.Shape, seen)
                    : throw new InvalidDataException($"{shape.Name} has a part without a name."));
    }
}
