using System.Collections.Immutable;
using Remediator.JmesPath.Nodes;
using Remediator.JmesPath.Syntax;

namespace Remediator.JmesPath.Reads;

/// <summary>Follows an expression without a value and collects the paths that it would read from the root.</summary>
internal sealed class ReadLog
{
    // The paths may double with every step of an expression, so the steps are limited; real expressions need dozens.
    private const int MostSteps = 2048;

    private readonly SortedSet<string> _roots = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _paths = new(StringComparer.Ordinal);
    private int _steps;

    private ReadLog()
    {
    }

    public ImmutableArray<string> Roots => [.. _roots];

    public ImmutableArray<string> Paths => [.. _paths];

    /// <summary>Where the result comes from.</summary>
    public Reach Result { get; private set; } = Reach.Nothing;

    /// <summary>The expression reads a member of a negation, as in <c>!a.b</c>; true and false have no members.</summary>
    public bool ReadsNegation { get; private set; }

    /// <summary>The result of a node whose members or items are read next.</summary>
    public Reach Asked(Node source, Reach current)
    {
        ReadsNegation |= source is Not;
        return source.Reads(current, this);
    }

    public static ReadLog Of(Node expression)
    {
        var log = new ReadLog();
        log.Result = expression.Reads(new Reach.At(""), log);
        log.Use(log.Result);
        return log;
    }

    public Reach Property(Reach from, string name)
    {
        switch (Step(from))
        {
            case Reach.At(var path):
                if (path.Length == 0)
                {
                    _roots.Add(name);
                }

                return new Reach.At(Join(path, Identifier.Write(name)));
            case Reach.Hash(var properties):
                return properties.LastOrDefault(property => property.Name == name).Value ?? Reach.Nothing;
            case Reach.Either(var first, var second):
                return Either(Property(first, name), Property(second, name));
            default:
                return Reach.Nothing;
        }
    }

    /// <summary>An item of an array.</summary>
    public Reach Item(Reach from) => Step(from) switch
    {
        Reach.At(var path) => new Reach.At(path + "[]"),
        Reach.List(var item) => item,
        Reach.Either(var first, var second) => Either(Item(first), Item(second)),
        _ => Reach.Nothing,
    };

    /// <summary>The list whose items are those of the given list, or their items: only a value shows which.</summary>
    public Reach Flattened(Reach from) => Step(from) switch
    {
        Reach.List(var item) => List(item is Reach.At or Reach.List ? Item(item) : item),
        var other => other,
    };

    /// <summary>Any value of an object.</summary>
    public Reach AnyValue(Reach from) => Step(from) switch
    {
        Reach.At(var path) => new Reach.At(Join(path, "*")),
        Reach.Hash(var properties) => properties.Select(property => property.Value).Aggregate(Either),
        Reach.Either(var first, var second) => Either(AnyValue(first), AnyValue(second)),
        _ => Reach.Nothing,
    };

    /// <summary>The list that a projection returns.</summary>
    public Reach Each(Reach item, Node each) => List(Selected(item, [each.Reads(item, this)])[0]);

    public Reach List(Reach item) => ReferenceEquals(item, Reach.Nothing) ? item : Step(new Reach.List(item));

    public Reach Hash(ImmutableArray<(string Name, Reach Value)> properties) => Step(new Reach.Hash(properties));

    public Reach Either(Reach first, Reach second) =>
        ReferenceEquals(first, Reach.Nothing) ? second
        : ReferenceEquals(second, Reach.Nothing) ? first
        : Step(new Reach.Either(first, second));

    /// <summary>The part that is read of a value. If that is nothing, the result still depends on whether there is a value.</summary>
    public ImmutableArray<Reach> Selected(Reach from, ImmutableArray<Reach> parts)
    {
        if (from is not Reach.At { Path.Length: 0 } && parts.All(part => ReferenceEquals(part, Reach.Nothing)))
        {
            Use(from);
        }

        return parts;
    }

    /// <summary>One of two values; the first is tested to decide which.</summary>
    public Reach Alternatives(Reach first, Reach second)
    {
        Use(first);
        return Either(first, second);
    }

    /// <summary>The value is used as a whole: returned, compared, tested or passed to a function.</summary>
    public void Use(Reach read)
    {
        switch (Step(read))
        {
            case Reach.At(var path):
                _paths.Add(path.Length == 0 ? "@" : path);
                break;
            case Reach.List(var item):
                Use(item);
                break;
            case Reach.Hash(var properties):
                foreach (var (_, value) in properties)
                {
                    Use(value);
                }

                break;
            case Reach.Either(var first, var second):
                Use(first);
                Use(second);
                break;
        }
    }

    private Reach Step(Reach reach) => _steps++ < MostSteps ? reach : Reach.Nothing;

    private static string Join(string path, string next) => path.Length == 0 ? next : $"{path}.{next}";
}
