namespace Remediator.JmesPath.Functions;

/// <summary>Where the result of a function comes from, for the analysis of what an expression reads.</summary>
internal enum Flow
{
    /// <summary>Computed.</summary>
    Computed,

    /// <summary>One of the arguments, or its items in another order.</summary>
    Same,

    /// <summary>The argument where it is a list, else the only item of one.</summary>
    Listed,

    /// <summary>One of the argument's items.</summary>
    Item,

    /// <summary>The values of the argument's properties.</summary>
    Values,

    /// <summary>What the referenced expression gives for the items.</summary>
    Mapped,
}
