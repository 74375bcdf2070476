using System.Globalization;
using Remediator.JmesPath.Nodes;
using Remediator.JmesPath.Values;

namespace Remediator.JmesPath.Syntax;

/// <summary>
/// A top-down operator-precedence parser. <see cref="Precedence"/> decides which operator an operand belongs to, and where a
/// projection ends.
/// </summary>
internal sealed class Parser
{
    private readonly List<Token> _tokens;
    private readonly JmesPathFunctions _functions;
    private int _next;
    private int _depth;

    // The first error in an expression whose syntax is right.
    private JmesPathException? _fault;

    private Parser(string text, JmesPathFunctions functions)
    {
        _tokens = Lexer.Tokenize(text);
        _functions = functions;
    }

    private Token Peek => _tokens[_next];

    public static Node Parse(string text, JmesPathFunctions functions)
    {
        var parser = new Parser(text, functions);
        var expression = parser.Expression(0);
        parser.Take(TokenKind.End);
        return parser._fault is null ? expression : throw parser._fault;
    }

    private Node Expression(int precedence)
    {
        if (++_depth > Depth.Expression)
        {
            throw TooDeep(Peek);
        }

        var left = Start(Next());
        while (precedence < Precedence.Of(Peek.Kind))
        {
            var token = Next();
            left = Continue(left, token);
            if (left.Height >= Depth.Expression)
            {
                throw TooDeep(token);
            }
        }

        _depth--;
        return left;
    }

    private Node Start(Token token) => token.Kind switch
    {
        TokenKind.Identifier when Peek.Kind == TokenKind.OpenParenthesis => Call(token),
        TokenKind.QuotedIdentifier when Peek.Kind == TokenKind.OpenParenthesis => throw Peek.Unexpected(),
        TokenKind.Identifier or TokenKind.QuotedIdentifier => new Field(token.Text),
        TokenKind.Literal => new Literal(token.Value),
        TokenKind.Current => new Current(),
        TokenKind.Not => new Not(Expression(Precedence.Of(TokenKind.Not))),
        TokenKind.OpenParenthesis => Parenthesized(),
        TokenKind.OpenBrace => Hash(),
        TokenKind.OpenBracket when Peek.Kind is not (TokenKind.Number or TokenKind.Colon) && !IsWildcard() => List(),
        TokenKind.Star or TokenKind.OpenBracket or TokenKind.Flatten or TokenKind.Filter => Bracket(new Current(), token),
        _ => throw token.Unexpected(),
    };

    private Node Continue(Node left, Token token) => token.Kind switch
    {
        TokenKind.Dot when Peek.Kind == TokenKind.Star => DotStar(left),
        TokenKind.Dot => new Chain(left, Member(Precedence.Of(TokenKind.Dot))),
        TokenKind.Pipe => new Chain(left, Expression(Precedence.Of(TokenKind.Pipe))),
        TokenKind.Or => new Or(left, Expression(Precedence.Of(TokenKind.Or))),
        TokenKind.And => new And(left, Expression(Precedence.Of(TokenKind.And))),
        TokenKind.OpenBracket or TokenKind.Flatten or TokenKind.Filter => Bracket(left, token),
        _ when Precedence.IsComparator(token.Kind) => new Comparison(token.Kind, left, Expression(Precedence.Of(token.Kind))),
        _ => throw token.Unexpected(),
    };

    private Node Bracket(Node left, Token token)
    {
        switch (token.Kind)
        {
            case TokenKind.Star:
                return new ValueProjection(left, Projected(Precedence.Of(TokenKind.Star)));
            case TokenKind.Flatten:
                return new Projection(new Flatten(left), Projected(Precedence.Of(TokenKind.Flatten)));
            case TokenKind.Filter:
                var condition = Expression(0);
                Take(TokenKind.CloseBracket);
                return new FilterProjection(left, condition, Projected(Precedence.Of(TokenKind.Filter)));
            case TokenKind.OpenBracket when Peek.Kind is TokenKind.Number or TokenKind.Colon:
                return IndexOrSlice(left);
            default:
                Take(TokenKind.Star);
                Take(TokenKind.CloseBracket);
                return new Projection(left, Projected(Precedence.Of(TokenKind.Star)));
        }
    }

    private ValueProjection DotStar(Node left)
    {
        Take(TokenKind.Star);
        return new ValueProjection(left, Projected(Precedence.Of(TokenKind.Dot)));
    }

    /// <summary>What a projection applies to each item: everything up to a token that ends projections.</summary>
    private Node Projected(int precedence)
    {
        if (Precedence.EndsProjection(Peek.Kind))
        {
            return new Current();
        }

        switch (Peek.Kind)
        {
            case TokenKind.OpenBracket or TokenKind.Filter:
                return Expression(precedence);
            case TokenKind.Dot:
                Next();
                return Member(precedence);
            default:
                throw Peek.Unexpected();
        }
    }

    /// <summary>What may follow a dot.</summary>
    private Node Member(int precedence)
    {
        switch (Peek.Kind)
        {
            case TokenKind.Identifier or TokenKind.QuotedIdentifier or TokenKind.Star:
                return Expression(precedence);
            case TokenKind.OpenBracket:
                Next();
                return List();
            case TokenKind.OpenBrace:
                Next();
                return Hash();
            default:
                throw Peek.Unexpected();
        }
    }

    private Node IndexOrSlice(Node left)
    {
        if (_tokens[_next + 1].Kind == TokenKind.Colon || Peek.Kind == TokenKind.Colon)
        {
            return new Projection(Slice(left), Projected(Precedence.Of(TokenKind.Star)));
        }

        var index = Number(Next());
        Take(TokenKind.CloseBracket);
        return new Nodes.Index(left, index);
    }

    private Slice Slice(Node left)
    {
        var start = OptionalNumber();
        Take(TokenKind.Colon);
        var stop = OptionalNumber();
        var step = default(long?);
        if (Peek.Kind == TokenKind.Colon)
        {
            Next();
            var at = Peek.Position;
            step = OptionalNumber();
            if (step == 0)
            {
                _fault ??= new JmesPathException(JmesPathError.InvalidValue, at, "the step of a slice cannot be 0");
            }
        }

        Take(TokenKind.CloseBracket);
        return new Slice(left, start, stop, step ?? 1);
    }

    private Node Parenthesized()
    {
        var inner = Expression(0);
        Take(TokenKind.CloseParenthesis);
        return inner;
    }

    private MultiSelectList List() => new([.. Separated(TokenKind.CloseBracket, () => Expression(0))]);

    private MultiSelectHash Hash() => new([.. Separated(TokenKind.CloseBrace, Property)]);

    private (string Name, Node Value) Property()
    {
        var name = Next();
        if (name.Kind is not (TokenKind.Identifier or TokenKind.QuotedIdentifier))
        {
            throw name.Unexpected();
        }

        Take(TokenKind.Colon);
        return (name.Text, Expression(0));
    }

    private Node Call(Token name)
    {
        Take(TokenKind.OpenParenthesis);
        var arguments = new List<Argument>();
        if (Peek.Kind == TokenKind.CloseParenthesis)
        {
            Next();
        }
        else
        {
            arguments = Separated(TokenKind.CloseParenthesis, Argument);
        }

        var function = _functions.Find(name.Text);
        _fault ??= Signature.Fault(function, name, arguments);
        return function is null ? new Current() : new Call(function, [.. arguments]);
    }

    private Argument Argument()
    {
        var at = Peek;
        var isReference = at.Kind == TokenKind.Reference;
        if (isReference)
        {
            Next();
        }

        return new Argument(Expression(0), isReference, at.Position);
    }

    private List<T> Separated<T>(TokenKind end, Func<T> item)
    {
        var items = new List<T> { item() };
        while (Peek.Kind == TokenKind.Comma)
        {
            Next();
            items.Add(item());
        }

        Take(end);
        return items;
    }

    private long? OptionalNumber() => Peek.Kind == TokenKind.Number ? Number(Next()) : null;

    // No array has an index beyond the range of int: any larger number has the same effect as the largest int.
    private static long Number(Token token) =>
        int.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : token.Text[0] == '-' ? int.MinValue
        : int.MaxValue;

    private bool IsWildcard() => Peek.Kind == TokenKind.Star && _tokens[_next + 1].Kind == TokenKind.CloseBracket;

    private Token Next() => Peek.Kind == TokenKind.End ? Peek : _tokens[_next++];

    private void Take(TokenKind kind)
    {
        if (Peek.Kind != kind)
        {
            throw Peek.Unexpected();
        }

        Next();
    }

    private static JmesPathException TooDeep(Token at) =>
        new(JmesPathError.Syntax, at.Position, $"the expression is nested deeper than {Depth.Expression} levels");
}
