namespace Remediator.Aws.Protocols;

/// <summary>
/// The nodes of one tree. One set is reused for the next tree: XML responses have many nodes, which are needed only until the
/// response is converted to JSON.
/// </summary>
internal sealed class XmlNodes
{
    private const int MostKept = 4096;
    private static XmlNodes? spare;
    private readonly List<XmlNode> nodes = [];
    private int used;

    public static XmlNodes Rent() => Interlocked.Exchange(ref spare, null) ?? new XmlNodes();

    public XmlNode Take(string name, bool isAttribute = false)
    {
        if (used == nodes.Count)
        {
            nodes.Add(new XmlNode());
        }

        var node = nodes[used++];
        node.Reset(name, isAttribute);
        return node;
    }

    public void Return()
    {
        if (used > MostKept)
        {
            return;
        }

        // References to the response's content are dropped.
        for (var i = 0; i < used; i++)
        {
            nodes[i].Reset("", isAttribute: false);
        }

        used = 0;
        spare = this;
    }
}
