using Remediator.Playbooks;

namespace Remediator;

/// <summary>Resources that are the same in every region: every region may report them, and they are one problem all the same.</summary>
internal static class GlobalResources
{
    private static readonly string[] Services = ["AWS::IAM::", "AWS::CloudFront::", "AWS::Route53::", "AWS::GlobalAccelerator::", "AWS::Organizations::"];

    public static ResourceKey Key(ResourceKey resource, Playbook? playbook) =>
        playbook is { IsGlobal: true } || Services.Any(s => resource.Type.StartsWith(s, StringComparison.Ordinal))
            ? resource with { Region = ResourceKey.Global }
            : resource;

    /// <summary>The keys under which an incident about a resource may be found, without asking which playbook answers.</summary>
    public static IEnumerable<ResourceKey> Keys(ResourceKey resource)
    {
        yield return Key(resource, null);
        if (resource.Type is "AWS::::Account")
        {
            yield return resource with { Region = ResourceKey.Global };
        }
    }
}
