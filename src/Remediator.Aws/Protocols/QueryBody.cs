using System.Text.Json;
using Remediator.Aws.Models;

namespace Remediator.Aws.Protocols;

/// <summary>Writes inputs as the forms of awsQuery and ec2Query, which differ in names and lists.</summary>
internal readonly struct QueryBody(FormWriter form, TokenSource tokens, bool isEc2)
{
    public void WriteStructure(Shape shape, JsonElement value)
    {
        foreach (var member in shape.Members.Values)
        {
            if (InputValue.TryGet(value, member.Name, out var item))
            {
                var length = form.Enter(NameOf(member));
                Write(member, item);
                form.Leave(length);
            }
            else if (member.IsIdempotencyToken)
            {
                form.Add(NameOf(member), tokens.Token);
            }
        }
    }

    private void Write(Member member, JsonElement value)
    {
        switch (member.Shape.Type)
        {
            case ShapeType.Structure:
                WriteStructure(member.Shape, value);
                break;
            case ShapeType.List:
                WriteList(member, value);
                break;
            case ShapeType.Map:
                WriteMap(member, value);
                break;
            default:
                form.Add(ScalarText.Write(value, member, TimestampForm.Iso8601));
                break;
        }
    }

    private void WriteList(Member list, JsonElement value)
    {
        if (value.GetArrayLength() == 0)
        {
            // An empty list clears a setting in awsQuery; ec2Query cannot express it.
            if (!isEc2)
            {
                form.Add("");
            }

            return;
        }

        var element = list.Shape.Element!;
        var step = isEc2 || list.IsFlat ? -1 : form.Enter(element.Traits.LocationName ?? "member");
        var count = 0;
        foreach (var item in value.EnumerateArray().Where(item => item.ValueKind != JsonValueKind.Null))
        {
            var length = form.Enter(++count);
            Write(element, item);
            form.Leave(length);
        }

        if (step >= 0)
        {
            form.Leave(step);
        }
    }

    private void WriteMap(Member map, JsonElement value)
    {
        var (key, item) = (map.Shape.Key!, map.Shape.Value!);
        var step = map.IsFlat ? -1 : form.Enter("entry");
        var count = 0;
        foreach (var entry in value.EnumerateObject().Where(entry => entry.Value.ValueKind != JsonValueKind.Null))
        {
            var length = form.Enter(++count);
            form.Add(key.Traits.LocationName ?? "key", entry.Name);
            var inner = form.Enter(item.Traits.LocationName ?? "value");
            Write(item, entry.Value);
            form.Leave(inner);
            form.Leave(length);
        }

        if (step >= 0)
        {
            form.Leave(step);
        }
    }

    private string NameOf(Member member)
    {
        if (!isEc2)
        {
            return member.WireName;
        }

        if (member.Traits.QueryName is { } name)
        {
            return name;
        }

        var wire = member.Traits.LocationName ?? member.Name;
        return char.IsUpper(wire[0]) ? wire : char.ToUpperInvariant(wire[0]) + wire[1..];
    }
}
