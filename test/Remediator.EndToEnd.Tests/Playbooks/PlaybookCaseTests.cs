using Remediator.Emulator.Cases;

namespace Remediator.EndToEnd.Tests.Playbooks;

/// <summary>Every case on the emulator, through the whole pipeline. One case: <c>--filter DisplayName~name</c>.</summary>
[Collection(OnTheEmulator.Name)]
[Trait("Category", "Emulator")]
public sealed class PlaybookCaseTests(Emulated emulated)
{
    public static TheoryData<string> Cases => [.. PlaybookCases.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_playbook_fixes_once_spares_the_rest_and_undoes(string name)
    {
        var @case = PlaybookCases.Load(name);

        foreach (var rule in @case.Rules)
        {
            var result = await CaseRun.RunAsync(@case, rule, emulated.Cases, PlaybookCases.PlaybookFolder, CancellationToken.None);

            Assert.True(result.Holds, result.Story);
        }
    }
}
