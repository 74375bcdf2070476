using System.Text;

namespace Remediator.Aws.Protocols;

/// <summary>Writes an application/x-www-form-urlencoded body, whose keys are the paths of the members in the input.</summary>
internal sealed class FormWriter
{
    private readonly StringBuilder body = new(256);
    private readonly StringBuilder place = new(64);

    public byte[] Bytes
    {
        get
        {
            // Everything is escaped, so each character is one byte.
            var bytes = new byte[body.Length];
            var written = 0;
            foreach (var chunk in body.GetChunks())
            {
                written += Encoding.ASCII.GetBytes(chunk.Span, bytes.AsSpan(written));
            }

            return bytes;
        }
    }

    /// <summary>Descends one level; pass the result to <see cref="Leave"/>.</summary>
    public int Enter(string step)
    {
        var length = place.Length;
        if (length > 0)
        {
            place.Append('.');
        }

        place.Append(step);
        return length;
    }

    public int Enter(int step) => Enter(step.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public void Leave(int length) => place.Length = length;

    public void Add(string value)
    {
        if (body.Length > 0)
        {
            body.Append('&');
        }

        foreach (var chunk in place.GetChunks())
        {
            body.Append(Uri.EscapeDataString(chunk.Span));
        }

        body.Append('=').Append(Uri.EscapeDataString(value));
    }

    public void Add(string name, string value)
    {
        var length = Enter(name);
        Add(value);
        Leave(length);
    }
}
