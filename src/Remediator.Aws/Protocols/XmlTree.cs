using System.Runtime.InteropServices;
using System.Xml;

namespace Remediator.Aws.Protocols;

/// <summary>The elements of an XML response.</summary>
internal sealed class XmlTree
{
    private const int DeepestLevel = 256;

    // A response may name no entity but the five of XML itself, and nothing outside it is ever fetched.
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CheckCharacters = false,
    };

    private XmlTree(XmlNode root) => Root = root;

    public XmlNode Root { get; }

    /// <summary>False where there is nothing to read.</summary>
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
            tree = new XmlTree(ReadNodes(reader));
            return true;
        }
        catch (XmlException malformed)
        {
            throw new MalformedResponseException("The response is not XML.", malformed);
        }
    }

    private static MemoryStream Open(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(body.ToArray(), writable: false);

    private static XmlNode ReadNodes(XmlReader reader)
    {
        var document = new XmlNode("");
        var open = new Stack<XmlNode>();
        open.Push(document);
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    ReadElement(reader, open);
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

    private static void ReadElement(XmlReader reader, Stack<XmlNode> open)
    {
        if (open.Count > DeepestLevel)
        {
            throw new MalformedResponseException("The response is nested too deeply.");
        }

        var node = new XmlNode(reader.LocalName);
        open.Peek().Add(node);
        var isEmpty = reader.IsEmptyElement;
        while (reader.MoveToNextAttribute())
        {
            if (reader.Prefix != "xmlns" && reader.LocalName != "xmlns")
            {
                node.Add(new XmlNode(reader.LocalName, isAttribute: true) { Text = reader.Value });
            }
        }

        if (!isEmpty)
        {
            open.Push(node);
        }
    }
}
