namespace Remediator.Aws.Endpoints;

/// <summary>A structured result of a rule function, read by <c>getAttr</c>.</summary>
internal interface IAttributes
{
    /// <summary>The part with that name, or null.</summary>
    object? Attribute(string name);
}
