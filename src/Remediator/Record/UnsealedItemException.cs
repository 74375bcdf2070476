namespace Remediator.Record;

/// <summary>An item of the journal that the service did not write, or that somebody changed since: nothing is done with it.</summary>
internal sealed class UnsealedItemException(string why) : Exception(why);
