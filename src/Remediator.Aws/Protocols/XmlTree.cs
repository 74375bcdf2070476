using System.Runtime.InteropServices;
using System.Xml;

namespace Remediator.Aws.Protocols;

/// <summary>The elements of an XML response. Disposing it returns its nodes for reuse; none may be used afterwards.</summary>
internal sealed class XmlTree : IDisposable
{
    private const int DeepestLevel = 256;

    // A response may use only XML's five predefined entities, and nothing external is ever fetched.
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CheckCharacters = false,
    };

    private readonly XmlNodes nodes;

    private XmlTree(XmlNode root, XmlNodes nodes) => (Root, this.nodes) = (root, nodes);

    public XmlNode Root { get; }

    /// <summary>False if the body is empty.</summary>
    /// <exception cref="MalformedResponseException">The body is not XML.</exception>
    public static bool TryRead(ReadOnlyMemory<byte> body, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out XmlTree? tree)
    {
        tree = null;
        if (JsonReading.IsBlank(body.Span))
        {
            return false;
        }

        using var stream = Open(body);
        try
        {
            using var reader = XmlReader.Create(stream, Settings);
            var nodes = XmlNodes.Rent();
            tree = new XmlTree(ReadNodes(reader, nodes), nodes);
            return true;
        }
        catch (XmlException malformed)
        {
            throw new MalformedResponseException("The response is not XML.", malformed);
        }
    }

    public void Dispose() => nodes.Return();

    private static MemoryStream Open(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(body.ToArray(), writable: false);

    private static XmlNode ReadNodes(XmlReader reader, XmlNodes nodes)
    {
        var document = nodes.Take("");
        var open = new Stack<XmlNode>(16);
        open.Push(document);
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    ReadElement(reader, open, nodes);
                    break;
                case XmlNodeType.EndElement:
                    open.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    open.Peek().Text += reader.Value;
                    break;
                case XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when open.Peek().FirstChild is null:
                    open.Peek().Text += reader.Value;
                    break;
                default:
                    break;
            }
        }

        return document.FirstChild ?? throw new MalformedResponseException("The response has no root element.");
    }

    private static void ReadElement(XmlReader reader, Stack<XmlNode> open, XmlNodes nodes)
    {
        if (open.Count > DeepestLevel)
        {
            throw new MalformedResponseException("The response is nested too deeply.");
        }

        var node = nodes.Take(reader.LocalName);
        open.Peek().Add(node);
        var isEmpty = reader.IsEmptyElement;
        while (reader.MoveToNextAttribute())
        {
            if (reader.Prefix != "xmlns" && reader.LocalName != "xmlns")
            {
                var attribute = nodes.Take(reader.LocalName, isAttribute: true);
                attribute.Text = reader.Value;
                node.Add(attribute);
            }
        }

        if (!isEmpty)
        {
            open.Push(node);
        }
    }
}
