using Remediator.Aws.Models;
using Remediator.Playbooks;

namespace Remediator.EndToEnd.Tests.Faults;

/// <summary>A request as it came over the wire, and the operation that it is.</summary>
/// <param name="Operation">"service:Operation", as the models name it.</param>
/// <param name="Url">Path and query.</param>
/// <param name="Protocol">How its answers are written.</param>
/// <param name="Body">The body of the request.</param>
internal sealed record WireCall(string Operation, string Url, WireProtocol Protocol, byte[] Body)
{
    /// <summary>The service's own book-keeping.</summary>
    public bool IsJournal => Operation.StartsWith("dynamodb:Transact", StringComparison.Ordinal)
        || Operation is "dynamodb:GetItem" or "dynamodb:PutItem" or "dynamodb:DeleteItem" or "dynamodb:Query";

    public string Name => Operation[(Operation.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
