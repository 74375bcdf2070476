namespace Remediator.Aws.Protocols;

/// <summary>An element, or an attribute, of a response.</summary>
internal sealed class XmlNode
{
    /// <summary>The local name: prefix and namespace do not matter here.</summary>
    public string Name { get; private set; } = "";

    public bool IsAttribute { get; private set; }

    public string Text { get; set; } = "";

    public XmlNode? FirstChild { get; private set; }

    public XmlNode? Next { get; private set; }

    private XmlNode? LastChild { get; set; }

    /// <summary>Resets the node for reuse.</summary>
    public void Reset(string name, bool isAttribute)
    {
        (Name, IsAttribute, Text) = (name, isAttribute, "");
        (FirstChild, LastChild, Next) = (null, null, null);
    }

    public void Add(XmlNode child)
    {
        if (LastChild is null)
        {
            FirstChild = child;
        }
        else
        {
            LastChild.Next = child;
        }

        LastChild = child;
    }

    public XmlNode? Child(string name)
    {
        for (var child = FirstChild; child is not null; child = child.Next)
        {
            if (child.Name == name)
            {
                return child;
            }
        }

        return null;
    }

    public string? ChildText(string name) => Child(name)?.Text;
}
