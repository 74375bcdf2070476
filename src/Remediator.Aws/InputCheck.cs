using System.Text.Json;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;

namespace Remediator.Aws;

/// <summary>
/// Checks an input against its model before anything is sent: what a service would reject is reported with its position in
/// the input, and what would change the meaning of the call (an empty label in the path) is never sent.
/// </summary>
internal sealed class InputCheck
{
    private readonly OperationModel operation;
    private readonly InputPlace place = new();

    private InputCheck(OperationModel operation) => this.operation = operation;

    /// <exception cref="AwsInputException">The input does not fit.</exception>
    public static void Run(OperationModel operation, JsonElement input)
    {
        var check = new InputCheck(operation);
        if (input.ValueKind != JsonValueKind.Object)
        {
            throw check.Problem($"needs an object, not {JsonKind.Of(input)}.");
        }

        if (operation.Input is { } shape)
        {
            check.Structure(shape, input);
        }
        else if (input.EnumerateObject().MoveNext())
        {
            throw check.Problem("must be empty: the operation takes no input.");
        }
    }

    private void Structure(Shape shape, JsonElement value)
    {
        var given = 0;
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in value.EnumerateObject())
            {
                var member = shape.ByName(property) ?? throw UnknownMember(shape, property.Name);
                if (property.Value.ValueKind != JsonValueKind.Null)
                {
                    given++;
                    place.Enter(member.Name);
                    Value(member, property.Value);
                    place.Leave();
                }
            }
        }

        Required(shape, value);
        if (shape.IsUnion && given != 1)
        {
            throw Problem($"needs exactly one of {string.Join(", ", shape.Members.Keys)}; {given} are given.");
        }
    }

    private void Required(Shape shape, JsonElement value)
    {
        foreach (var name in shape.Required)
        {
            if (InputValue.Absent(value, name) && !shape.Members[name].IsIdempotencyToken)
            {
                throw Problem($"{name} is required.");
            }
        }

        foreach (var label in shape.UriMembers)
        {
            if (!InputValue.TryGet(value, label.Name, out var text) || (text.ValueKind == JsonValueKind.String && text.ValueEquals("")))
            {
                throw Problem($"{label.Name} is part of the address and must not be empty.");
            }

            // "." and ".." segments would turn the call into one of another operation.
            if (text.ValueKind == JsonValueKind.String && HasDotSegments(label, text.GetString()!))
            {
                throw Problem($"{label.Name} is part of the address, where '.' and '..' lead elsewhere.");
            }
        }
    }

    // Keys of S3 objects may hold such segments and are sent unchanged; a key of nothing else would disappear from the path.
    private bool HasDotSegments(Member label, string text) => operation.Service.Name is "s3" && label.Name is "Key"
        ? text is "." or ".."
        : text.Split('/').Any(step => step is "." or "..");

    private void Value(Member member, JsonElement value)
    {
        var shape = member.Shape;
        switch (shape.Type)
        {
            case ShapeType.Structure when shape.IsDocument:
                break;
            case ShapeType.Structure:
                Need(value, JsonValueKind.Object, "an object");
                Structure(shape, value);
                break;
            case ShapeType.List:
                Need(value, JsonValueKind.Array, "a list");
                List(shape, value);
                break;
            case ShapeType.Map:
                Need(value, JsonValueKind.Object, "an object");
                Map(shape, value);
                break;
            case ShapeType.String when member.Traits.JsonValue:
                break;
            default:
                Scalar(shape, value);
                break;
        }
    }

    private void List(Shape shape, JsonElement value)
    {
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            place.Enter(index++);
            if (item.ValueKind != JsonValueKind.Null)
            {
                Value(shape.Element!, item);
            }

            place.Leave();
        }
    }

    private void Map(Shape shape, JsonElement value)
    {
        foreach (var entry in value.EnumerateObject())
        {
            place.Enter(entry.Name);
            if (entry.Value.ValueKind != JsonValueKind.Null)
            {
                Value(shape.Value!, entry.Value);
            }

            place.Leave();
        }
    }

    private void Scalar(Shape shape, JsonElement value)
    {
        if (ScalarCheck.Expected(shape, value) is { } expected)
        {
            throw Problem($"needs {expected}, not {JsonKind.Of(value)}.");
        }
    }

    private void Need(JsonElement value, JsonValueKind kind, string name)
    {
        if (value.ValueKind != kind)
        {
            throw Problem($"needs {name}, not {JsonKind.Of(value)}.");
        }
    }

    private AwsInputException UnknownMember(Shape shape, string name)
    {
        place.Enter(name);
        var nearest = NearestName.Of(name, shape.Members.Keys);
        return Problem(nearest is null ? "is no member here." : $"is no member here; did you mean {nearest}?");
    }

    private AwsInputException Problem(string problem) => new(operation.FullName, place.ToString(), problem);
}
