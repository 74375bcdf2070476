using System.Text;
using Remediator.JmesPath.Values;

namespace Remediator.JmesPath.Syntax;

/// <summary>Splits an expression into tokens.</summary>
internal sealed class Lexer(string text)
{
    private readonly List<Token> _tokens = [];
    private int _next;

    public static List<Token> Tokenize(string text) => new Lexer(text).Tokenize();

    private List<Token> Tokenize()
    {
        RequireWholeCharacters();
        while (_next < text.Length)
        {
            if (text[_next] is ' ' or '\t' or '\n' or '\r')
            {
                _next++;
            }
            else
            {
                _tokens.Add(Read());
            }
        }

        _tokens.Add(new Token(TokenKind.End, text.Length, ""));
        return _tokens;
    }

    private Token Read() => text[_next] switch
    {
        '"' => QuotedIdentifier(),
        '\'' => RawString(),
        '`' => Literal(),
        var c when Identifier.IsStart(c) => While(TokenKind.Identifier, Identifier.IsPart),
        var c when char.IsAsciiDigit(c) || (c == '-' && char.IsAsciiDigit(At(1))) => While(TokenKind.Number, char.IsAsciiDigit),
        _ => Symbol(),
    };

    private Token Symbol() => (text[_next], At(1)) switch
    {
        ('[', ']') => Take(TokenKind.Flatten, 2),
        ('[', '?') => Take(TokenKind.Filter, 2),
        ('[', _) => Take(TokenKind.OpenBracket, 1),
        ('|', '|') => Take(TokenKind.Or, 2),
        ('|', _) => Take(TokenKind.Pipe, 1),
        ('&', '&') => Take(TokenKind.And, 2),
        ('&', _) => Take(TokenKind.Reference, 1),
        ('=', '=') => Take(TokenKind.Equal, 2),
        ('!', '=') => Take(TokenKind.NotEqual, 2),
        ('!', _) => Take(TokenKind.Not, 1),
        ('<', '=') => Take(TokenKind.LessOrEqual, 2),
        ('<', _) => Take(TokenKind.Less, 1),
        ('>', '=') => Take(TokenKind.GreaterOrEqual, 2),
        ('>', _) => Take(TokenKind.Greater, 1),
        (var c, _) => Take(Punctuation(c), 1),
    };

    private TokenKind Punctuation(char c) => c switch
    {
        '.' => TokenKind.Dot,
        '*' => TokenKind.Star,
        ']' => TokenKind.CloseBracket,
        '{' => TokenKind.OpenBrace,
        '}' => TokenKind.CloseBrace,
        '(' => TokenKind.OpenParenthesis,
        ')' => TokenKind.CloseParenthesis,
        ',' => TokenKind.Comma,
        ':' => TokenKind.Colon,
        '@' => TokenKind.Current,
        _ => throw Fault(_next, $"unexpected '{Rune.GetRuneAt(text, _next)}'"),
    };

    private char At(int offset) => _next + offset < text.Length ? text[_next + offset] : '\0';

    private Token Take(TokenKind kind, int length)
    {
        var token = new Token(kind, _next, text.Substring(_next, length));
        _next += length;
        return token;
    }

    private Token While(TokenKind kind, Func<char, bool> belongs)
    {
        var length = 1;
        while (_next + length < text.Length && belongs(text[_next + length]))
        {
            length++;
        }

        return Take(kind, length);
    }

    private Token QuotedIdentifier()
    {
        var start = _next;
        var quoted = Delimited('"');
        var name = JsonText.Parse($"\"{quoted}\"") ?? throw Fault(start, "malformed quoted identifier");
        try
        {
            return new Token(TokenKind.QuotedIdentifier, start, JsonText.Of(name));
        }
        catch (JmesPathException)
        {
            throw Fault(start, "half of a surrogate pair in the quoted identifier");
        }
    }

    private Token RawString()
    {
        var start = _next;
        var value = Delimited('\'').Replace("\\'", "'", StringComparison.Ordinal);
        return new Token(TokenKind.Literal, start, value, JmesPathValue.From(value));
    }

    private Token Literal()
    {
        var start = _next;
        var json = Delimited('`').Replace("\\`", "`", StringComparison.Ordinal);

        // JEP-12 deprecates literals of strings without quotes but still allows them: text that is not JSON is read as the content of a
        // string.
        var value = JsonText.Parse(json) ?? JsonText.Parse($"\"{json.TrimStart()}\"") ?? throw Fault(start, "malformed literal");
        return new Token(TokenKind.Literal, start, json, JmesPathValue.From(value));
    }

    /// <summary>The text between two delimiters, with its escapes.</summary>
    private string Delimited(char delimiter)
    {
        var start = _next + 1;
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] == delimiter)
            {
                _next = i + 1;
                return text[start..i];
            }

            i += text[i] == '\\' ? 1 : 0;
        }

        throw Fault(_next, $"unclosed {delimiter}");
    }

    private void RequireWholeCharacters()
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !Rune.TryGetRuneAt(text, i, out _))
            {
                throw Fault(i, "half of a surrogate pair");
            }

            i += char.IsSurrogate(text[i]) ? 1 : 0;
        }
    }

    private static JmesPathException Fault(int position, string message) => new(JmesPathError.Syntax, position, message);
}
