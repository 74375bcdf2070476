using System.Reflection;
using System.Runtime.Loader;

namespace Remediator.Mutants;

/// <summary>The project's assemblies, loaded once more: what they make once in a process (a table, a text) is made anew.</summary>
internal sealed class FreshAssemblies(string begin) : AssemblyLoadContext
{
    internal Assembly Load(string name) => LoadFromAssemblyName(new(name));

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var path = Path.Combine(AppContext.BaseDirectory, $"{assemblyName.Name}.dll");
        return assemblyName.Name!.StartsWith(begin, StringComparison.Ordinal) && File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
