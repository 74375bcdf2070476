using Amazon.Runtime;

namespace Remediator.Aws.Sdk;

/// <summary>What differs between the clients of one pipeline: where a request goes, and how an answer is read.</summary>
public interface IWireFormat
{
    /// <summary>Sets the endpoint of a request that is written, and for which service and region it is signed.</summary>
    void Address(IRequestContext call);

    /// <summary>What a call is signed with; null if it is not.</summary>
    AWSCredentials? Keys(IRequestContext call);

    Answer Read(IRequestContext call, WebAnswer answer);

    /// <summary>A response that says what made a call fail, for a client that looks there; null if the fault is to be thrown.</summary>
    AmazonWebServiceResponse? Failure(Exception fault);
}

/// <summary>What came of one attempt: either of the two.</summary>
public readonly record struct Answer(AmazonWebServiceResponse? Response, Exception? Fault);
