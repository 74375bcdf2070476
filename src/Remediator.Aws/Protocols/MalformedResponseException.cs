namespace Remediator.Aws.Protocols;

/// <summary>A response that does not read as what the model says. Callers meet it as an <see cref="AwsException"/>.</summary>
internal sealed class MalformedResponseException(string problem, Exception? inner = null) : Exception(problem, inner);
