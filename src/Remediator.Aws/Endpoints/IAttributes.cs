namespace Remediator.Aws.Endpoints;

/// <summary>What a function of the rules returned in parts, read by <c>getAttr</c>.</summary>
internal interface IAttributes
{
    /// <summary>The part of that name, or null.</summary>
    object? Attribute(string name);
}
