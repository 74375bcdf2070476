namespace Remediator.Aws;

/// <summary>An error as a service answered it.</summary>
/// <param name="Operation">The operation, as it was named in the call.</param>
/// <param name="Code">The error's code, without name space or URI suffix.</param>
/// <param name="Status">The HTTP status; 0 where there was no answer.</param>
internal readonly record struct ErrorAnswer(string Operation, string Code, int Status)
{
    public string Message { get; init; } = "";

    /// <summary>How the operation's model takes it, where it says so.</summary>
    public AwsFault? OfModel { get; init; }

    /// <summary>The clock of the service is another than the one here.</summary>
    public bool ClockDiffers { get; init; }
}

/// <summary>Says how an error is to be taken.</summary>
/// <remarks>
/// The first line that fits:
/// <code>
/// error                                                                fault
/// a signature refused while the clocks differ                          ClockSkew
/// the code stands in the table and passes                              as the table says
/// status 500, 502, 503 or 504, or no answer                            Transient
/// the code stands in the table, and the message tells no passing state as the table says
/// the model calls it throttling or retryable                           as the model says
/// status 429                                                           Throttling
/// the message tells of a state that passes                             Busy
/// anything else                                                        Permanent
/// </code>
/// </remarks>
internal static class FaultClassifier
{
    public static AwsFault Classify(ErrorAnswer error)
    {
        if (error is { ClockDiffers: true, Code: "InvalidSignatureException" or "SignatureDoesNotMatch" or "AuthFailure" })
        {
            return AwsFault.ClockSkew;
        }

        var listed = ErrorTable.Find(error.Operation, error.Code);
        if (listed is AwsFault.Throttling or AwsFault.Transient or AwsFault.ClockSkew or AwsFault.Busy)
        {
            return listed.Value;
        }

        if (error.Status is 0 or 500 or 502 or 503 or 504)
        {
            return AwsFault.Transient;
        }

        var fault = listed ?? error.OfModel ?? (error.Status is 429 ? AwsFault.Throttling : AwsFault.Permanent);
        return fault is AwsFault.Permanent && ErrorTable.TellsOfPassing(error.Message) ? AwsFault.Busy : fault;
    }
}
