namespace Remediator.Incidents;

/// <summary>Other writers were at the same item of the journal at each try: nothing was written, and a later try may go through.</summary>
internal sealed class JournalBusyException(Exception last)
    : Exception("The journal was busy: other changes were counted at the same time, again and again.", last);
