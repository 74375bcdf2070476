using FsCheck;
using FsCheck.Fluent;
using Remediator.Testing;

namespace Remediator.Tests;

/// <summary>
/// The cases of a property: as many as it asks for, and a tenth of them under <c>make quick</c>. They are the same in each run, so that one
/// that fails is about the change at hand; with REMEDIATOR_LOAD=full they are new ones each time.
/// </summary>
internal static class Samples
{
    private const int Fewer = 10;

    private static readonly bool AreFew = Environment.GetEnvironmentVariable("REMEDIATOR_SAMPLES") is "few";

    public static int Of(int all) => AreFew ? Math.Max(1, all / Fewer) : all;

    public static IEnumerable<T> Of<T>(IEnumerable<T> all) => AreFew ? all.Where((_, i) => i % Fewer == 0) : all;

    public static Config Cases(int all)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(Of(all));
        return FullRun.IsAsked ? config : config.WithReplay(1, 3);
    }
}
