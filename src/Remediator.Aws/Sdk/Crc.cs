namespace Remediator.Aws.Sdk;

/// <summary>A reflected cyclic redundancy check with initial value and final XOR of all ones, like those of zip and S3.</summary>
internal sealed class Crc
{
    private readonly ulong[] table = new ulong[256];
    private readonly ulong ones;

    /// <param name="polynomial">The polynomial, its bits reversed.</param>
    public Crc(ulong polynomial, int width)
    {
        ones = ulong.MaxValue >> (64 - width);
        for (uint i = 0; i < table.Length; i++)
        {
            ulong entry = i;
            for (var bit = 0; bit < 8; bit++)
            {
                entry = (entry & 1) == 1 ? polynomial ^ (entry >> 1) : entry >> 1;
            }

            table[i] = entry;
        }
    }

    public ulong Of(ReadOnlySpan<byte> bytes)
    {
        var crc = ones;
        foreach (var b in bytes)
        {
            crc = table[(crc ^ b) & 0xFF] ^ (crc >> 8);
        }

        return crc ^ ones;
    }
}
