namespace Remediator.Escalate;

/// <summary>What a pager does with a message.</summary>
internal enum NoticeAction
{
    /// <summary>Opens a page, or adds to the one with the same key.</summary>
    Trigger,

    /// <summary>Closes the page with the same key.</summary>
    Resolve,

    /// <summary>Is noted: nothing will resolve it.</summary>
    Info,
}

internal static class NoticeActionNames
{
    public static string Name(this NoticeAction action) => action switch
    {
        NoticeAction.Trigger => "trigger",
        NoticeAction.Resolve => "resolve",
        NoticeAction.Info => "info",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "An action without a name."),
    };
}
