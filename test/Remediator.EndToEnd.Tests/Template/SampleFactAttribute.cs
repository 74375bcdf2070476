using Remediator.Playbooks;

namespace Remediator.EndToEnd.Tests.Template;

/// <summary>A test over recorded events, which are not part of the repository: REMEDIATOR_EVENT_SAMPLES names their folder.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SampleFactAttribute : FactAttribute
{
    public SampleFactAttribute()
    {
        if (Folder is null)
        {
            Skip = "REMEDIATOR_EVENT_SAMPLES names no folder of recorded events.";
        }
    }

    internal static string? Folder => Environment.GetEnvironmentVariable("REMEDIATOR_EVENT_SAMPLES");
}
