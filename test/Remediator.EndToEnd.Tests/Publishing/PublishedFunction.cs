using Remediator.Emulator;

namespace Remediator.EndToEnd.Tests.Publishing;

/// <summary>Both builds of the function, each published once for all tests of a run.</summary>
internal static class PublishedFunction
{
    public static Task<string> NativeAsync() => FunctionBuild.PublishAsync(readyToRun: false, CancellationToken.None);

    public static Task<string> ReadyToRunAsync() => FunctionBuild.PublishAsync(readyToRun: true, CancellationToken.None);
}
