namespace Remediator.JmesPath.Functions;

/// <summary>Where the result of a function comes from; used to find what an expression reads.</summary>
internal enum Flow
{
    /// <summary>Computed: no part of an argument.</summary>
    Computed,

    /// <summary>One of the arguments, or its items in another order.</summary>
    Same,

    /// <summary>The argument itself if it is a list, otherwise a list with the argument as its only item.</summary>
    Listed,

    /// <summary>One of the argument's items.</summary>
    Item,

    /// <summary>The values of the argument's properties, as a list.</summary>
    Values,

    /// <summary>The results of the referenced expression for each item.</summary>
    Mapped,
}
