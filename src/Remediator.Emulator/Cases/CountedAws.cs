using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Incidents;

namespace Remediator.Emulator.Cases;

/// <summary>Passes on every call and records those that change something.</summary>
internal sealed partial class CountedAws(IAws inner, ConcurrentQueue<PlannedCall> changes) : IAws
{
    public Task<JsonElement> CallAsync(string operation, JsonElement input, CancellationToken ct)
    {
        if (!Reading().IsMatch(operation))
        {
            // The emulator accepts many inputs that AWS's own limits reject.
            LengthCheck.Run(Operations.Find(operation, CaseEmulator.Model), input);
            changes.Enqueue(new(operation, input));
        }

        return inner.CallAsync(operation, input, ct);
    }

    public IAsyncEnumerable<JsonElement> PagesAsync(string operation, JsonElement input, CancellationToken ct) =>
        inner.PagesAsync(operation, input, ct);

    [GeneratedRegex("^[a-z0-9-]+:(Get|List|Describe|BatchGet|Lookup)")]
    private static partial Regex Reading();
}
