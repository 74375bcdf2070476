namespace Remediator.Aws;

/// <summary>An error as a service returned it.</summary>
/// <param name="Operation">The operation, as the call named it.</param>
/// <param name="Code">The error's code, without namespace or URI suffix.</param>
/// <param name="Status">The HTTP status; 0 if there was no response.</param>
internal readonly record struct ErrorAnswer(string Operation, string Code, int Status)
{
    public string Message { get; init; } = "";

    /// <summary>The kind of the error by the operation's model, if the model defines one.</summary>
    public AwsFault? OfModel { get; init; }

    /// <summary>The clocks of client and service disagree.</summary>
    public bool ClockDiffers { get; init; }
}

/// <summary>Decides the kind of an error.</summary>
/// <remarks>
/// The first line that applies:
/// <code>
/// error                                                                fault
/// a signature rejected while the clocks disagree                       ClockSkew
/// the code is in the table with a temporary kind                       as the table says
/// status 500, 502, 503 or 504, or no response                          Transient
/// the code is in the table, and the message shows no temporary state   as the table says
/// the model calls it throttling or retryable                           as the model says
/// status 429                                                           Throttling
/// the message describes a temporary state                              Busy
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
        return fault is AwsFault.Permanent && ErrorTable.ShowsTemporaryState(error.Message) ? AwsFault.Busy : fault;
    }
}
