using Remediator.Cli.Emulator;

namespace Remediator.EndToEnd.Tests.Publishing;

/// <summary>Both builds of the function, each published once for all tests of a run.</summary>
internal static class PublishedFunction
{
    private static readonly SemaphoreSlim OneBuild = new(1);
    private static readonly Dictionary<bool, string> Built = [];

    public static Task<string> NativeAsync() => AsyncOf(readyToRun: false);

    public static Task<string> ReadyToRunAsync() => AsyncOf(readyToRun: true);

    private static async Task<string> AsyncOf(bool readyToRun)
    {
        // The two builds share the projects' obj folders.
        await OneBuild.WaitAsync();
        try
        {
            return Built.TryGetValue(readyToRun, out var path)
                ? path
                : Built[readyToRun] = await FunctionBuild.PublishAsync(readyToRun, CancellationToken.None);
        }
        finally
        {
            OneBuild.Release();
        }
    }
}
