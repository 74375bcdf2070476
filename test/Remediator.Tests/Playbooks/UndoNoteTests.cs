using Remediator.Emulator;
using Remediator.Playbooks;

namespace Remediator.Tests.Playbooks;

/// <summary>Whoever approves a change or undoes it reads what an undo does not bring back.</summary>
public sealed class UndoNoteTests
{
    private static readonly PlaybookLibrary Library = new(Repository.At("playbooks"));

    [Fact]
    public void What_a_playbook_cannot_restore_is_in_its_words()
    {
        var words = PlaybookWords.Of(Library.Load("ec2/security-group-open-ports"));

        Assert.EndsWith(" Not restored: The rules come back with new ids (sgr-…).", words.UndoNote, StringComparison.Ordinal);
    }

    [Fact]
    public void A_playbook_that_restores_everything_says_nothing_of_it() =>
        Assert.DoesNotContain(
            "Not restored", PlaybookWords.Of(Library.Load("s3/bucket-public-access-block")).UndoNote, StringComparison.Ordinal);
}
