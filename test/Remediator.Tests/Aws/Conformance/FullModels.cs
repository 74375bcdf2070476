using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Compression;
using Remediator.Aws.Models;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>The models embedded in this assembly and, for operations that these lack, botocore's own if it is installed.</summary>
internal static class FullModels
{
    private static readonly Lazy<string?> Data = new(FindBotocore);
    private static readonly ConcurrentDictionary<string, ServiceModel?> Read = new(StringComparer.Ordinal);

    public static OperationModel? Find(string service, string operation) =>
        ModelCatalog.Find($"{service}:{operation}") ?? Read.GetOrAdd(service, ReadBotocore)?.Operation(operation);

    private static ServiceModel? ReadBotocore(string service)
    {
        var folder = Data.Value is { } data ? Path.Combine(data, service) : null;
        if (folder is null || !Directory.Exists(folder))
        {
            return null;
        }

        var newest = Directory.GetDirectories(folder).Max(StringComparer.Ordinal)!;
        using var file = File.OpenRead(Path.Combine(newest, "service-2.json.gz"));
        using var text = new GZipStream(file, CompressionMode.Decompress);
        using var buffer = new MemoryStream();
        text.CopyTo(buffer);
        return ServiceModel.Read(service, buffer.ToArray());
    }

    private static string? FindBotocore()
    {
        try
        {
            using var python = Process.Start(
                new ProcessStartInfo(
                    "python3", ["-c", "import botocore, os; print(os.path.join(os.path.dirname(botocore.__file__), 'data'))"])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                });
            var path = python?.StandardOutput.ReadToEnd().Trim();
            return Directory.Exists(path) ? path : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // Without Python only the embedded models are tested.
            return null;
        }
    }
}
