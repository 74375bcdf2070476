using Remediator.Authoring.Checks;
using Remediator.Playbooks;

namespace Remediator.Tests.Authoring.Checks;

public sealed class PolicyFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>A function reads its policy at each start: what that costs must not grow with the playbooks.</summary>
    [Fact]
    public async Task Policy_that_names_no_playbook_is_read_without_a_look_at_them()
    {
        var file = Path.Combine(folder.FullName, "policy.yaml");
        await File.WriteAllTextAsync(file, "defaults: {mode: auto}\n");

        PolicyFile.Read(file, new PlaybookLibrary(Path.Combine(folder.FullName, "none")));

        await File.WriteAllTextAsync(file, "defaults: {mode: auto}\nrules:\n- match: {rule: A_RULE}\n  playbook: s3/none\n");
        Assert.Throws<DirectoryNotFoundException>(
            () => PolicyFile.Read(file, new PlaybookLibrary(Path.Combine(folder.FullName, "none"))));
    }
}
