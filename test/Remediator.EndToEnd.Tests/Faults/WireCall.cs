using Remediator.Aws.Models;
using Remediator.Playbooks;

namespace Remediator.EndToEnd.Tests.Faults;

/// <summary>An HTTP request, and the operation that it calls.</summary>
/// <param name="Operation">"service:Operation", as the models name it.</param>
/// <param name="Url">Path and query.</param>
/// <param name="Protocol">The protocol of its response.</param>
/// <param name="Body">The body of the request.</param>
internal sealed record WireCall(string Operation, string Url, WireProtocol Protocol, byte[] Body)
{
    /// <summary>A call for the service's own records.</summary>
    public bool IsJournal => Operation.StartsWith("dynamodb:Transact", StringComparison.Ordinal)
        || Operation is "dynamodb:GetItem" or "dynamodb:PutItem" or "dynamodb:DeleteItem" or "dynamodb:Query";

    public string Name => Operation[(Operation.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
