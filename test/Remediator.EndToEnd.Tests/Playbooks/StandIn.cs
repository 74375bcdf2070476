using System.Collections.Immutable;
using Remediator.Playbooks;

namespace Remediator.EndToEnd.Tests.Playbooks;

/// <summary>What a case has to stand in for the emulator with: one document for each account, and what operations do to it.</summary>
/// <param name="Because">What the emulator lacks.</param>
/// <param name="State">The document as it is at first.</param>
/// <param name="Calls">The operations, by name; all others are the emulator's.</param>
internal sealed record StandIn(string Because, Remediator.Playbooks.Template State, ImmutableDictionary<string, StandInCall> Calls);

/// <summary>An operation, over <c>state</c> and <c>input</c>.</summary>
/// <param name="Becomes">The document afterwards, or null where it stays.</param>
/// <param name="Answer">The output, over what the document became; or null where it is empty.</param>
/// <param name="Error">The code of the error that it ends in, or null; then the document stays.</param>
internal sealed record StandInCall(Expression? Becomes, Expression? Answer, Expression? Error);
