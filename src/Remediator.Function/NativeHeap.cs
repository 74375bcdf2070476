using System.Runtime.InteropServices;

namespace Remediator.Function;

/// <summary>The memory of the C library, of which the runtime's own libraries take some.</summary>
internal static partial class NativeHeap
{
    private const int MmapThreshold = -3;
    private const int LargeBlock = 128 * 1024;

    /// <summary>
    /// Has a large block be the system's again as soon as it is free. Packing an incident takes a third of a megabyte for a tenth of a
    /// millisecond; by default the allocator takes a freed block for a sign that more will come, and keeps a few for each thread: five
    /// megabytes.
    /// </summary>
    public static void ReturnLargeBlocks()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = SetAllocator(MmapThreshold, LargeBlock);
        }
        catch (EntryPointNotFoundException)
        {
            // A setting of GNU's library. Another one, such as musl, keeps no such blocks.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetAllocator(int parameter, int value);
}
