namespace Remediator.Aws.Protocols;

/// <summary>
/// The nodes of one tree. One set is kept for the next tree: answers of the XML services have many nodes, which live only
/// until the answer is turned into JSON.
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
        node.Become(name, isAttribute);
        return node;
    }

    public void Return()
    {
        if (used > MostKept)
        {
            return;
        }

        // What the answer held is not kept.
        for (var i = 0; i < used; i++)
        {
            nodes[i].Become("", isAttribute: false);
        }

        used = 0;
        spare = this;
    }
}
