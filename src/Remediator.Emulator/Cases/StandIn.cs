using System.Collections.Immutable;
using Remediator.Playbooks;

namespace Remediator.Emulator.Cases;

/// <summary>
/// A case's stand-in for operations that the emulator lacks: one document for each account, and each operation's effect on it.
/// </summary>
/// <param name="Because">What the emulator lacks.</param>
/// <param name="State">The initial document.</param>
/// <param name="Calls">The operations by name; all others go to the emulator.</param>
internal sealed record StandIn(string Because, Template State, ImmutableDictionary<string, StandInCall> Calls);

/// <summary>An operation, over <c>state</c> and <c>input</c>.</summary>
/// <param name="Becomes">The new document, or null if it stays the same.</param>
/// <param name="Answer">The output, over the new document; null if it is empty.</param>
/// <param name="Error">The error's code, or null; with an error the document stays the same.</param>
internal sealed record StandInCall(Expression? Becomes, Expression? Answer, Expression? Error);
