namespace Remediator.Aws.Endpoints;

/// <summary>Booleans as objects, boxed once.</summary>
internal static class Flag
{
    internal static readonly object True = true;
    internal static readonly object False = false;

    internal static object Of(bool value) => value ? True : False;
}
