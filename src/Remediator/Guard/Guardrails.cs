namespace Remediator.Guard;

/// <summary>What makes automation stop by itself, and what it then says.</summary>
internal sealed record Guardrails(Limits Limits, Budgets Budgets, Breaker Breaker, NoticeLimit Notices, Attribution Attribution);
