namespace Remediator.JmesPath.Nodes;

/// <param name="IsReference">Written as <c>&amp;expression</c>: passed to the function unevaluated.</param>
internal sealed record Argument(Node Expression, bool IsReference, int Position);
