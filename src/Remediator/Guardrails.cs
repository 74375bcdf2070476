using Remediator.Escalate;

namespace Remediator;

/// <summary>What makes automation stop by itself, and what it then says.</summary>
internal sealed record Guardrails(Limits Limits, Breaker Breaker, Origin Origin);
