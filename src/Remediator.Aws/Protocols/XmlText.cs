using System.Text;
using Remediator.Aws.Models;

namespace Remediator.Aws.Protocols;

/// <summary>Builds XML text. Line ends are written as character references: parsers turn a literal CR into LF.</summary>
internal sealed class XmlText
{
    private readonly StringBuilder text = new(256);
    private bool tagIsOpen;

    public byte[] Bytes => Encoding.UTF8.GetBytes(text.ToString());

    public void Open(string name)
    {
        EndTag();
        text.Append('<').Append(name);
        tagIsOpen = true;
    }

    public void Namespace(XmlNamespace? space)
    {
        if (space is not null)
        {
            Attribute(string.IsNullOrEmpty(space.Prefix) ? "xmlns" : "xmlns:" + space.Prefix, space.Uri);
        }
    }

    public void Attribute(string name, string value)
    {
        text.Append(' ').Append(name).Append("=\"");
        Escape(value);
        text.Append('"');
    }

    public void Close(string name)
    {
        EndTag();
        text.Append("</").Append(name).Append('>');
    }

    public void Leaf(string name, XmlNamespace? space, string value)
    {
        Open(name);
        Namespace(space);
        EndTag();
        Escape(value);
        Close(name);
    }

    private void EndTag()
    {
        if (tagIsOpen)
        {
            text.Append('>');
            tagIsOpen = false;
        }
    }

    private void Escape(string value)
    {
        foreach (var c in value)
        {
            _ = c switch
            {
                '&' => text.Append("&amp;"),
                '<' => text.Append("&lt;"),
                '>' => text.Append("&gt;"),
                '"' => text.Append("&quot;"),
                < ' ' or '\u0085' or '\u2028' =>
                    text.Append("&#x").Append(((int)c).ToString("X", System.Globalization.CultureInfo.InvariantCulture)).Append(';'),
                _ => text.Append(c),
            };
        }
    }
}
