using Remediator.Emulator.Cases;
using Remediator.EndToEnd.Tests.Playbooks;
using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.EndToEnd.Tests.Permissions;

/// <summary>
/// Every guide with the emulator's IAM on: with exactly the permissions derived from it all is read, and without any of them the notice
/// goes out, and says what could not be read.
/// </summary>
[Trait("Category", "Emulator")]
public sealed class GuideReadTests
{
    [Fact]
    public async Task Every_guide_reads_with_what_is_derived_and_a_denied_read_is_said_in_the_notice()
    {
        var (emulated, library, problems) = (new Emulated(), new PlaybookLibrary(PlaybookCases.PlaybookFolder), new List<string>());
        await emulated.InitializeAsync();
        try
        {
            foreach (var @case in PlaybookCases.GuideNames.Select(PlaybookCases.LoadGuide))
            {
                var policy = EmulatorPolicy.OfFix(library.LoadGuide(@case.Playbook).Reads);
                var scene = await Scene.SetAsync(@case, emulated);
                // A policy has at least one statement.
                var removed = policy.Derived.Count > 1 ? policy.Derived : [];
                foreach (var without in removed.Prepend(null))
                {
                    await scene.GrantAsync(policy, without);
                    var found = Problems(await scene.EventAsync(), scene, without);
                    problems.AddRange(found.Select(p => $"{@case.Name} without {without}: {p}"));
                }
            }
        }
        finally
        {
            await emulated.DisposeAsync();
        }

        Assert.True(problems is [], string.Join('\n', problems));
    }

    private static IEnumerable<string> Problems(Outcome outcome, Scene scene, string? without)
    {
        if (outcome is not Outcome.Escalated { Incident: { Reason: Reason.Unsupported, Telling.Help: { } help } })
        {
            return [$"ended in {outcome.Name}: {outcome.Reason}"];
        }

        var lines = string.Join('\n', help.Evidence.Lines);
        var mail = scene.Notices.ToList() is [{ } notice] ? notice.ByProtocol["email"] : "";
        var isUnread = lines.Contains("could not be read", StringComparison.Ordinal);
        return (isUnread, without) switch
        {
            (true, null) => [lines],
            (false, { } action) => [$"nothing is said of {action}: {lines}"],
            _ when help.Evidence.Lines.Any(l => !mail.Contains(l, StringComparison.Ordinal)) => ["the mail does not say it"],
            (true, _) when !mail.Contains("Steps may be missing", StringComparison.Ordinal) =>
                ["the mail does not say that steps may be missing"],
            _ => [],
        };
    }
}
