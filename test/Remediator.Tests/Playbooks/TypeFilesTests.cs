using Remediator.Emulator;
using Remediator.Playbooks;

namespace Remediator.Tests.Playbooks;

/// <summary>The files in playbooks/types are embedded in the program, and are about types that playbooks have.</summary>
[Trait("Category", "Slow")]
public sealed class TypeFilesTests
{
    public static TheoryData<string> Files =>
        [
            .. Directory
                .EnumerateFiles(Repository.At("playbooks/types"), "*.yaml")
                .Select(f => Path.GetFileName(f))
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_type_of_a_file_is_found_by_its_name_and_has_playbooks(string file)
    {
        var folder = Repository.At("playbooks");
        var library = new PlaybookLibrary(folder);
        var used = PlaybookLibrary.Names(folder).SelectMany(n => library.Load(n).Resources).ToHashSet(StringComparer.Ordinal);

        var types = PlaybookReader.ReadTypes(file, File.ReadAllText(Path.Combine(folder, "types", file)));

        Assert.NotEmpty(types);
        Assert.All(types, type => Assert.Equal(type.Guards.Length, Assert.IsType<ResourceType>(TypeFiles.Of(type.Name)).Guards.Length));
        Assert.All(types, type => Assert.Contains(type.Name, used));
        Assert.All(types, type => Assert.True(type.Read.GoneWhen is not null || !type.Read.GoneOn.IsEmpty, type.Name));
        Assert.All(types, type => Assert.NotNull(type.Read.Identity));
    }

    [Fact]
    public void A_guard_concerns_the_playbooks_that_write_what_it_is_for()
    {
        var library = new PlaybookLibrary(Repository.At("playbooks"));
        var member = TypeFiles.Of("AWS::RDS::DBInstance")!.Guards[0];

        Assert.True(member.Concerns(library.Load("rds/instance-deletion-protection")));
        Assert.True(member.Concerns(library.Load("backup/instance-selection")));
        Assert.False(member.Concerns(library.Load("rds/instance-public-access")));
        Assert.True(TypeFiles.Of("AWS::IAM::Role")!.Guards[0].Concerns(library.Load("iam/role-trust-policy")));
        Assert.DoesNotContain(library.Load("kms/key-deletion").Types, t => t.Name is "AWS::KMS::Key");
    }

    [Fact]
    public void Files_of_types_are_not_playbooks() =>
        Assert.DoesNotContain(PlaybookLibrary.Names(Repository.At("playbooks")), n => n.StartsWith("types/", StringComparison.Ordinal));
}
