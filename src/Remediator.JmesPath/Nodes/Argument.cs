namespace Remediator.JmesPath.Nodes;

/// <param name="IsReference">Written <c>&amp;expression</c>: given to the function unevaluated.</param>
internal sealed record Argument(Node Expression, bool IsReference, int Position);
