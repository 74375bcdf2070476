using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Remediator.Incidents;

/// <summary>
/// What a person who is asked about a change was shown beside the plan: kept with it, so that it can be seen what the answer was given to.
/// </summary>
/// <param name="At">When it was read.</param>
internal sealed record Evidence(DateTimeOffset At, ImmutableArray<EvidenceAnswer> Answers) : Stored
{
    /// <summary>One line for each thing that is known.</summary>
    [JsonIgnore]
    public IEnumerable<string> Lines => Answers.SelectMany(a => a.Lines.Select(line => $"{a.Show}: {line}"));
}

/// <summary>The answer to one question.</summary>
/// <param name="Show">The question, in the words of the playbook.</param>
/// <param name="Lines">The answer, as it may be shown; or why there is none.</param>
internal sealed record EvidenceAnswer(string Show, ImmutableArray<string> Lines) : Stored;
