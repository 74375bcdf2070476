using System.Text.Json.Serialization;

namespace Remediator.Incidents;

/// <summary>What else says what a resource is to be: its next deployment may undo a change.</summary>
/// <param name="Kind">One of the constants below.</param>
/// <param name="Name">What it is called; of Terraform, the tag that tells.</param>
internal sealed record ResourceOwner(string Kind, string Name) : Stored
{
    public const string Stack = "stack";
    public const string Terraform = "terraform";
    public const string Autoscaler = "autoscaler";

    /// <summary>What the stack's template calls the resource; null where the tags do not tell.</summary>
    public string? LogicalId { get; init; }

    /// <summary>The stack's ARN; null where the tags do not tell.</summary>
    public string? StackId { get; init; }

    /// <summary>What the stack's template should say of it, so that a deployment leaves the change; null where that is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Template { get; init; }

    /// <summary>Why a person is asked.</summary>
    [JsonIgnore]
    public Reason Reason => Kind switch
    {
        Stack => Reason.OwnedByStack,
        Terraform => Reason.OwnedByTerraform,
        _ => Reason.OwnedByAutoscaler,
    };

    /// <summary>Who it is, and what that means for a change, in a sentence.</summary>
    [JsonIgnore]
    public string Says => Kind switch
    {
        Stack when LogicalId is { } id => $"CloudFormation stack {Name} owns it, as {id}: its next deployment may undo the change.",
        Stack => $"CloudFormation stack {Name} owns it: its next deployment may undo the change.",
        Terraform => $"Terraform owns it (tag {Name}): the next apply may undo the change.",
        _ => $"{Name} owns it, and may replace it.",
    };
}
