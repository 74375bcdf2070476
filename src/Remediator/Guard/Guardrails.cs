namespace Remediator.Guard;

/// <summary>What makes automation stop by itself, and what it then says.</summary>
internal sealed record Guardrails(Limits Limits, Breaker Breaker, Attribution Attribution);
