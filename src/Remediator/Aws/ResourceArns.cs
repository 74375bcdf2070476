using Remediator.Incidents;

namespace Remediator.Aws;

/// <summary>The ARN of a resource, for the types whose id is enough to build it.</summary>
internal static class ResourceArns
{
    /// <summary>Null where it cannot be known from the id, or where the id is none of its type.</summary>
    public static string? Of(ResourceKey resource, string partition)
    {
        try
        {
            return ResourceName.Read(resource, partition).Arn;
        }
        catch (WrongResourceException)
        {
            return null;
        }
    }
}
