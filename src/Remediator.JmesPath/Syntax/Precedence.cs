namespace Remediator.JmesPath.Syntax;

/// <summary>How strongly a token binds to what is on its left; 0 for a token that does not bind.</summary>
internal static class Precedence
{
    // A token that binds less than this ends a projection.
    private const int Projection = 10;

    public static int Of(TokenKind kind) => kind switch
    {
        TokenKind.Pipe => 1,
        TokenKind.Or => 2,
        TokenKind.And => 3,
        _ when IsComparator(kind) => 5,
        TokenKind.Flatten => 9,
        TokenKind.Star => 20,
        TokenKind.Filter => 21,
        TokenKind.Dot => 40,
        TokenKind.Not => 45,
        TokenKind.OpenBrace => 50,
        TokenKind.OpenBracket => 55,
        TokenKind.OpenParenthesis => 60,
        _ => 0,
    };

    public static bool EndsProjection(TokenKind kind) => Of(kind) < Projection;

    public static bool IsComparator(TokenKind kind) => kind is >= TokenKind.Equal and <= TokenKind.GreaterOrEqual;
}
