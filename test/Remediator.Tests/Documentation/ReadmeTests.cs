using Remediator.Authoring.Checks;
using Remediator.Cli;
using Remediator.Emulator;
using Remediator.Record;

namespace Remediator.Tests.Documentation;

public sealed class ReadmeTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void The_playbook_of_ten_lines_has_ten_lines_and_no_problem()
    {
        var text = Documents.Block(Documents.Read("README.md"), "Add a playbook in ten lines", "yaml");
        var file = Path.Combine(folder.CreateSubdirectory("acm").FullName, "certificate-transparency.yaml");
        File.WriteAllText(file, text);

        Assert.False(
            File.Exists(Repository.At("playbooks", "acm", "certificate-transparency.yaml")), "It is shipped by now: show another.");
        Assert.Equal(10, text.Split('\n').Length);
        Assert.Empty(Linter.Run(folder.FullName, null, [], TimeProvider.System));
    }

    [Fact]
    public async Task Every_command_of_the_documents_can_be_asked_for_help()
    {
        foreach (
            var name in Documents
                .Operating.Split("`remediator ")
                .Skip(1)
                .Select(s => new string([.. s.TakeWhile(char.IsLetter)]))
                .Where(n => n.Length > 0)
                .Distinct())
        {
            var outside = new Outside(TextReader.Null, TextWriter.Null, new StringWriter(), _ => null, TimeProvider.System);

            Assert.True(await Application.RunAsync([name, "--help"], outside, CancellationToken.None) is 0, $"{name}: {outside.Error}");
        }
    }
}
