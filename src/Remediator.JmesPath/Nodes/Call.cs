using Remediator.JmesPath.Functions;
using Remediator.JmesPath.Reads;
using Remediator.JmesPath.Values;

namespace Remediator.JmesPath.Nodes;

internal sealed class Call(JmesPathFunction function, Argument[] arguments) : Node(Array.ConvertAll(arguments, a => a.Expression))
{
    public override JmesPathValue Evaluate(JmesPathValue current, Budget budget)
    {
        budget.Spend(1);
        var values = new JmesPathValue[arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = arguments[i].IsReference ? JmesPathValue.Null : arguments[i].Expression.Evaluate(current, budget);
        }

        for (var i = 0; i < values.Length; i++)
        {
            RequireType(i, values[i], budget);
        }

        return function.Body(new JmesPathCall(arguments, values, budget));
    }

    public override Reach Reads(Reach current, ReadLog log)
    {
        var given = Reach.Nothing;
        foreach (var argument in arguments.Where(a => !a.IsReference))
        {
            var read = argument.Expression.Reads(current, log);
            log.Use(read);
            given = log.Either(given, read);
        }

        var mapped = Reach.Nothing;
        foreach (var argument in arguments.Where(a => a.IsReference))
        {
            mapped = log.Either(mapped, argument.Expression.Reads(log.Item(given), log));
            log.Use(mapped);
        }

        return function.Flow switch
        {
            Flow.Same => given,
            Flow.Listed => given is Reach.Hash ? log.List(given) : given,
            Flow.Item => log.Item(given),
            Flow.Values => log.List(log.AnyValue(given)),
            Flow.Mapped => log.List(mapped),
            _ => Reach.Nothing,
        };
    }

    private void RequireType(int i, JmesPathValue value, Budget budget)
    {
        var takes = function.Takes(i);
        if (!arguments[i].IsReference && !TypeCheck.Accepts(takes, value, budget))
        {
            throw new JmesPathException(
                JmesPathError.InvalidType,
                arguments[i].Position,
                $"{function.Name}() takes {TypeCheck.Describe(takes)}, not {TypeCheck.Describe(value.Type)}");
        }
    }
}
