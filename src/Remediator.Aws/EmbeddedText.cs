using System.Buffers;
using System.Reflection;

namespace Remediator.Aws;

/// <summary>The bytes of texts embedded in assemblies, where the loader put them: they are not copied, and stay for good.</summary>
public static class EmbeddedText
{
    private static readonly Assembly Here = typeof(EmbeddedText).Assembly;

    /// <summary>An assembly's text of that name, or null.</summary>
    public static ReadOnlyMemory<byte>? Find(Assembly assembly, string name)
    {
        using var resource = assembly.GetManifestResourceStream(name);
        return resource is UnmanagedMemoryStream loaded ? new Loaded(loaded).Memory : default(ReadOnlyMemory<byte>?);
    }

    /// <summary>An assembly's text of that name.</summary>
    /// <exception cref="InvalidDataException">It has none.</exception>
    public static ReadOnlyMemory<byte> Of(Assembly assembly, string name) =>
        Find(assembly, name) ?? throw new InvalidDataException($"'{name}' is not in the assembly.");

    internal static ReadOnlyMemory<byte>? Find(string name) => Find(Here, name);

    internal static ReadOnlyMemory<byte> Of(string name) => Of(Here, name);

    private sealed unsafe class Loaded : MemoryManager<byte>
    {
        private readonly byte* start;
        private readonly int length;

        public Loaded(UnmanagedMemoryStream resource)
        {
            start = resource.PositionPointer;
            length = checked((int)resource.Length);
        }

        public override Span<byte> GetSpan() => new(start, length);

        public override MemoryHandle Pin(int elementIndex = 0) => new(start + elementIndex);

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
