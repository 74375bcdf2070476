using System.Text.Json;
using Remediator.Playbooks;
using Remediator.Values;
using YamlDotNet.RepresentationModel;

namespace Remediator.Decide;

/// <summary>
/// Reads the values for the playbooks' parameters: any value, as long as it says something and says it to every reader of YAML alike.
/// </summary>
internal sealed class ParameterReader(YamlReader yaml)
{
    public JsonElement Read(YamlNode node)
    {
        if (node is YamlMappingNode map)
        {
            return Members(map);
        }

        yaml.Add("PB002", yaml.At(node), "expected the parameters as a mapping: NAME: VALUE");
        return Json.EmptyObject;
    }

    private JsonElement Members(YamlMappingNode map) =>
        Json.Object(map.Children.Select(c => KeyValuePair.Create(Name(c.Key), Value(c.Value))).DistinctBy(m => m.Key));

    private string Name(YamlNode node)
    {
        if (node is YamlScalarNode { Value: { Length: > 0 } name })
        {
            return name;
        }

        yaml.Add("PB002", yaml.At(node), "expected a name");
        return "";
    }

    private JsonElement Value(YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode { Children.Count: > 0 } map:
                return Members(map);
            case YamlSequenceNode { Children.Count: > 0 } list:
                return Json.List([.. list.Children.Select(Value)]);
            case YamlScalarNode scalar:
                return Scalar(scalar);
            default:
                yaml.Add("PO003", yaml.At(node), "an empty value: leave the parameter out to have the playbook's own");
                return Json.Null;
        }
    }

    private JsonElement Scalar(YamlScalarNode node)
    {
        var (text, kind) = (node.Value ?? "", PlainYaml.KindOf(node));
        if (kind is PlainYaml.Kind.Empty)
        {
            yaml.Add("PO003", yaml.At(node), "a value is missing here: leave the parameter out to have the playbook's own");
        }
        else if (kind is PlainYaml.Kind.Ambiguous)
        {
            yaml.Add(
                "PO005", yaml.At(node), $"some readers of YAML take {text} for a number or for true or false: put it in quotes, '{text}'");
        }
        else if (!AccountText.IsRight(text))
        {
            yaml.Add("PO002", yaml.At(node), $"'{text}' is an expression: a parameter of the policy is a plain value; {AccountText.Write}");
        }

        return kind is PlainYaml.Kind.Boolean or PlainYaml.Kind.Number ? Json.Parse(text) : Json.Text(text);
    }
}
