using System.Buffers;
using System.Reflection;

namespace Remediator.Aws;

/// <summary>The bytes of a text embedded in this assembly, where the loader put them: they are not copied, and stay for good.</summary>
internal sealed unsafe class EmbeddedText : MemoryManager<byte>
{
    private static readonly Assembly Here = typeof(EmbeddedText).Assembly;

    private readonly byte* start;
    private readonly int length;

    private EmbeddedText(UnmanagedMemoryStream resource)
    {
        start = resource.PositionPointer;
        length = checked((int)resource.Length);
    }

    /// <summary>The text of that name, or null.</summary>
    public static ReadOnlyMemory<byte>? Find(string name)
    {
        using var resource = Here.GetManifestResourceStream(name);
        return resource is UnmanagedMemoryStream loaded ? new EmbeddedText(loaded).Memory : default(ReadOnlyMemory<byte>?);
    }

    public static ReadOnlyMemory<byte> Of(string name) =>
        Find(name) ?? throw new InvalidDataException($"'{name}' is not in the assembly.");

    public override Span<byte> GetSpan() => new(start, length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(start + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
