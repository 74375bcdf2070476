using System.Collections.Immutable;

namespace Remediator.Incidents;

/// <summary>Where the value of a missing tag may come from.</summary>
internal enum TagSource
{
    /// <summary>What the policy gives under <c>params.tags</c>.</summary>
    Policy,

    /// <summary>The resource's own last value, as AWS Config recorded it.</summary>
    Recorded,

    /// <summary>The CloudFormation stack that owns the resource.</summary>
    Stack,

    /// <summary>The one resource that it belongs to.</summary>
    Parent,

    /// <summary>What the policy knows of the account.</summary>
    Account,
}

internal static class TagSourceNames
{
    /// <summary>As the policy writes them, in the order of <see cref="TagSource"/>.</summary>
    public static readonly ImmutableArray<string> All = ["policy", "recorded", "stack", "parent", "account"];
}
