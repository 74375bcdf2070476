namespace Remediator.Emulator;

/// <summary>Whether this machine can compile the native build.</summary>
internal static class Toolchain
{
    private static readonly string[] Compilers = ["clang", "gcc"];
    private static readonly string[] Copiers = ["objcopy", "llvm-objcopy"];

    public static bool IsThere(Func<string, string?> environment)
    {
        var folders = (environment("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Compilers.Any(Has) && (OperatingSystem.IsMacOS() || Copiers.Any(Has));

        bool Has(string program) => folders.Any(folder => File.Exists(Path.Combine(folder, program)));
    }
}
