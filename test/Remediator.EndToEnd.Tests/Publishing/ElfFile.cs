using System.Buffers.Binary;
using System.Text;

namespace Remediator.EndToEnd.Tests.Publishing;

/// <summary>Reads from a 64-bit little-endian ELF file what it requires of the machine that loads it.</summary>
internal sealed class ElfFile(byte[] bytes)
{
    private const int NeededVersions = 0x6ffffffe;

    public static bool Is(ReadOnlySpan<byte> bytes) => bytes.StartsWith("\u007fELF"u8) && bytes[4] is 2 && bytes[5] is 1;

    public bool HasSection(string name) => Sections().Any(section => section.Name == name);

    /// <summary>The required versions of glibc's symbols, from section .gnu.version_r.</summary>
    public IEnumerable<Version> GlibcVersions() => VersionNames()
        .Where(name => name.StartsWith("GLIBC_", StringComparison.Ordinal))
        .Select(name => Version.Parse(name["GLIBC_".Length..]));

    private IEnumerable<string> VersionNames()
    {
        var sections = Sections().ToArray();
        foreach (var needed in sections.Where(section => section.Type is NeededVersions))
        {
            var names = sections[needed.Link].Offset;
            // Each file (Verneed: auxiliaries at +8, next at +12) names versions (Vernaux: name at +8, next at +12).
            for (var file = needed.Offset; ; file += UInt32(file + 12))
            {
                for (var version = file + UInt32(file + 8); ; version += UInt32(version + 12))
                {
                    yield return Text(names + UInt32(version + 8));
                    if (UInt32(version + 12) is 0)
                    {
                        break;
                    }
                }

                if (UInt32(file + 12) is 0)
                {
                    break;
                }
            }
        }
    }

    private IEnumerable<(string Name, int Type, int Offset, int Link)> Sections()
    {
        var (table, size, count, namesAt) = ((int)UInt64(0x28), UInt16(0x3a), UInt16(0x3c), UInt16(0x3e));
        var names = (int)UInt64(table + (namesAt * size) + 24);
        for (var at = table; at < table + (count * size); at += size)
        {
            yield return (Text(names + UInt32(at)), UInt32(at + 4), (int)UInt64(at + 24), UInt32(at + 40));
        }
    }

    private string Text(int at) => Encoding.ASCII.GetString(bytes.AsSpan(at, bytes.AsSpan(at).IndexOf((byte)0)));

    private int UInt16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private int UInt32(int at) => (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private ulong UInt64(int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
}
