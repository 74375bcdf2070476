namespace Remediator.JmesPath.Syntax;

/// <param name="Text">What was written; for an identifier its name, unquoted.</param>
/// <param name="Value">What a literal stands for.</param>
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
