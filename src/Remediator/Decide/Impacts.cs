using Remediator.Playbooks;

namespace Remediator.Decide;

/// <summary>What an impact means to the people who use the resource.</summary>
internal static class Impacts
{
    public static string Says(Impact impact) => impact switch
    {
        Impact.None => "Nobody notices the change.",
        Impact.Brief => "The change closes access that was open, or cuts connections for a moment (impact brief).",
        Impact.Cost => "The change costs money from then on (impact cost).",
        Impact.Restart => "The change interrupts the resource (impact restart).",
        Impact.Access => "The change cuts credentials or permissions that somebody may use (impact access).",
        Impact.Unknown => "What the change means to those who use the resource is not known (impact unknown).",
        Impact.Data => "Data may be lost with the change (impact data).",
        _ => "The change cannot be taken back (impact irreversible).",
    };
}
