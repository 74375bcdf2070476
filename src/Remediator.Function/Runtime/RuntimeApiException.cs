using System.Net;

namespace Remediator.Function.Runtime;

/// <summary>The Runtime API answered with what AWS documents as not recoverable: the process must end.</summary>
internal sealed class RuntimeApiException(string operation, HttpStatusCode status, string detail)
    : Exception($"The Runtime API answered {operation} with {(int)status}. {detail}".TrimEnd());
