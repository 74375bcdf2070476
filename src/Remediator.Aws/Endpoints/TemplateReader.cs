using System.Text;

namespace Remediator.Aws.Endpoints;

/// <summary>Reads texts with placeholders: <c>https://{Bucket}.{url#authority}</c>; doubled braces are literal braces.</summary>
internal static class TemplateReader
{
    internal static Expression Read(string text, Func<string, Expression> reference)
    {
        if (!text.AsSpan().ContainsAny('{', '}'))
        {
            return new Expression.Literal(text);
        }

        var parts = new List<Expression>();
        var literal = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is '{' or '}' && at + 1 < text.Length && text[at + 1] == text[at])
            {
                literal.Append(text[at++]);
            }
            else if (text[at] == '{')
            {
                Flush(literal, parts);
                var end = text.IndexOf('}', at);
                parts.Add(Hole(text[(at + 1)..end], reference));
                at = end;
            }
            else
            {
                literal.Append(text[at]);
            }
        }

        Flush(literal, parts);
        return new Expression.Template(text, [.. parts]);
    }

    private static Expression Hole(string hole, Func<string, Expression> reference) => hole.Split('#', 2) switch
    {
        [var name, var path] => new Expression.Attribute(reference(name), new AttributePath(path)),
        _ => reference(hole),
    };

    private static void Flush(StringBuilder literal, List<Expression> parts)
    {
        if (literal.Length > 0)
        {
            parts.Add(new Expression.Literal(literal.ToString()));
            literal.Clear();
        }
    }
}
