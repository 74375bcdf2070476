using System.Collections.Immutable;
using Remediator.JmesPath;

namespace Remediator.Playbooks;

/// <summary>Text with <c>${…}</c> in it, split into parts. <c>$${</c> stands for a literal <c>${</c>.</summary>
internal abstract record TextPart
{
    private TextPart()
    {
    }

    internal sealed record Plain(string Text) : TextPart;

    internal sealed record Placeholder(JmesPathExpression Expression) : TextPart;

    /// <exception cref="JmesPathException">A placeholder is not closed, or does not hold an expression.</exception>
    public static ImmutableArray<TextPart> Split(string text)
    {
        var parts = ImmutableArray.CreateBuilder<TextPart>();
        var plain = 0;
        for (var at = text.IndexOf("${", StringComparison.Ordinal); at >= 0; at = text.IndexOf("${", at, StringComparison.Ordinal))
        {
            if (at > 0 && text[at - 1] == '$')
            {
                parts.Add(new Plain(text[plain..(at - 1)] + "${"));
                plain = at += 2;
                continue;
            }

            var end = EndOfPlaceholder(text, at + 2);
            if (at > plain)
            {
                parts.Add(new Plain(text[plain..at]));
            }

            parts.Add(new Placeholder(JmesPathExpression.Parse(text[(at + 2)..end], PlaybookFunctions.Table)));
            plain = at = end + 1;
        }

        if (plain < text.Length)
        {
            parts.Add(new Plain(text[plain..]));
        }

        return parts.ToImmutable();
    }

    /// <summary>The position of the closing brace of a placeholder: braces nest, and those inside quotes do not count.</summary>
    private static int EndOfPlaceholder(string text, int start)
    {
        var depth = 0;
        for (var i = start; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\'' or '"' or '`':
                    i = EndOfQuote(text, i);
                    break;
                case '{':
                    depth++;
                    break;
                case '}' when depth-- == 0:
                    return i;
                default:
                    break;
            }
        }

        throw new JmesPathException(JmesPathError.Syntax, start, "'${' is not closed by '}'");
    }

    private static int EndOfQuote(string text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == text[start])
            {
                return i;
            }
        }

        throw new JmesPathException(JmesPathError.Syntax, start, $"{text[start]} is not closed");
    }
}
