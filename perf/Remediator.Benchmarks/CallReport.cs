using System.Diagnostics;
using Remediator.Aws;

namespace Remediator.Benchmarks;

/// <summary>
/// The calls of <see cref="CallBenchmarks"/>, this client's and the SDK's alternately, so that load on the machine affects both alike:
/// per call the medians of wall time, CPU time and allocated memory, after the runtime has compiled the hot code.
/// </summary>
internal static class CallReport
{
    private const int Rounds = 41;
    private const int CallsInRound = 200;

    public static async Task PrintAsync()
    {
        using var calls = new CallBenchmarks();
        calls.Open();
        Console.WriteLine($"{"",-28}{"wall µs",18}{"CPU µs",18}{"bytes",18}");
        await CompareAsync("s3:GetBucketEncryption", calls.OursS3, calls.SdkS3);
        await CompareAsync("ec2:DescribeSecurityGroups", calls.OursEc2, calls.SdkEc2);
        await CompareAsync("dynamodb:GetItem", calls.OursDynamo, calls.SdkDynamo);
    }

    private static async Task CompareAsync(string operation, Func<Task> ours, Func<Task> sdks)
    {
        var (mine, theirs) = (new List<Round>(), new List<Round>());
        for (var round = -20; round < Rounds; round++)
        {
            // The order alternates because each leaves caches and heap for the other.
            var oursFirst = round % 2 == 0;
            var first = await RunAsync(oursFirst ? ours : sdks);
            var second = await RunAsync(oursFirst ? sdks : ours);
            var (one, other) = oursFirst ? (first, second) : (second, first);
            if (round >= 0)
            {
                mine.Add(one);
                theirs.Add(other);
            }
        }

        var (left, right) = (Summary(mine), Summary(theirs));
        Print($"{operation}", "ours", left);
        Print("", "SDK", right);
        Console.WriteLine(
            $"{"",-22}{"ratio",-6}{left.Wall / right.Wall,18:F2}{left.Cpu / right.Cpu,18:F2}{left.Bytes / right.Bytes,18:F2}");
    }

    private static void Print(string operation, string whose, Round round)
    {
        if (operation.Length > 0)
        {
            Console.WriteLine(operation);
        }

        Console.WriteLine($"{"",-22}{whose,-6}{round.Wall,18:F0}{round.Cpu,18:F0}{round.Bytes,18:F0}");
    }

    private static Round Summary(List<Round> rounds) => new(
        rounds.Select(round => round.Wall).Order().ElementAt(rounds.Count / 2),
        rounds.Select(round => round.Cpu).Order().ElementAt(rounds.Count / 2),
        rounds.Select(round => round.Bytes).Order().ElementAt(rounds.Count / 2));

    private static async Task<Round> RunAsync(Func<Task> call)
    {
        using var process = Process.GetCurrentProcess();
        var (from, cpu, bytes) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime, GC.GetTotalAllocatedBytes());
        for (var i = 0; i < CallsInRound; i++)
        {
            await call();
        }

        process.Refresh();
        return new Round(
            Stopwatch.GetElapsedTime(from).TotalMicroseconds / CallsInRound,
            (process.TotalProcessorTime - cpu).TotalMicroseconds / CallsInRound,
            (GC.GetTotalAllocatedBytes() - bytes) / (double)CallsInRound);
    }

    private sealed record Round(double Wall, double Cpu, double Bytes);
}
