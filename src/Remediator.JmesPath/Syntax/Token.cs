namespace Remediator.JmesPath.Syntax;

/// <param name="Text">The text as written; for an identifier its name, unquoted.</param>
/// <param name="Value">The value of a literal.</param>
internal readonly record struct Token(TokenKind Kind, int Position, string Text, JmesPathValue Value = default)
{
    public JmesPathException Unexpected() =>
        new(JmesPathError.Syntax, Position, Kind == TokenKind.End ? "unexpected end of the expression" : $"unexpected {Shown()}");

    private string Shown() => Kind switch
    {
        TokenKind.Literal => "literal",
        TokenKind.QuotedIdentifier => $"'{Identifier.Write(Text)}'",
        _ => $"'{Text}'",
    };
}
