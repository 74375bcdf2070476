using Remediator.JmesPath.Reads;
using Remediator.JmesPath.Values;

namespace Remediator.JmesPath.Nodes;

/// <summary>A part of a parsed expression. Immutable, so that one expression may be evaluated by many threads.</summary>
internal abstract class Node
{
    protected Node(params ReadOnlySpan<Node> children)
    {
        foreach (var child in children)
        {
            Height = Math.Max(Height, child.Height + 1);
        }
    }

    /// <summary>The number of levels below this node: how deep an evaluation recurses.</summary>
    public int Height { get; }

    public abstract JmesPathValue Evaluate(JmesPathValue current, Budget budget);

    /// <summary>What <see cref="Evaluate"/> would read, as far as that is known without a value.</summary>
    public abstract Reach Reads(Reach current, ReadLog log);
}
