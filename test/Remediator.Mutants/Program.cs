using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace Remediator.Mutants;

/// <summary>
/// Runs the tests against mutants without a new process for each. "cover" prints for each test which mutants it reaches; "try" reads
/// orders from the standard input (a mutant and the tests to run) and answers each with a line. tools/mutants starts both.
/// </summary>
internal static class Program
{
    private const int Batch = 12;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan Spare = TimeSpan.FromSeconds(6);
    private static TextWriter output = TextWriter.Null;

    private sealed record Covered(string Id, string Class, string Name, double Milliseconds, IList<int> Mutants);

    private sealed record Order(int Mutant, IReadOnlyList<string> Classes, IReadOnlyList<string> Tests, double Milliseconds);

    private sealed record Answer(int Mutant, string Status, string? By = null);

    private static async Task<int> Main(string[] arguments)
    {
        output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        Console.SetOut(TextWriter.Null);
        var mutants = MutantSwitch.Of(Assembly.Load("Remediator"));
        switch (arguments)
        {
            case ["cover", var order, .. var folders]:
                await CoverAsync(mutants, folders, order is "back");
                return 0;
            case ["try"]:
                mutants.Clear();
                await TryAsync(mutants);
                return 0;
            // What a static value is made of is read once in a process, so the mutant is active before anything runs.
            case ["try", var only]:
                mutants.Set(int.Parse(only, System.Globalization.CultureInfo.InvariantCulture));
                await TryAsync(mutants);
                return 0;
            default:
                await Console.Error.WriteLineAsync("Remediator.Mutants cover forth|back FOLDER… | try [MUTANT]");
                return 2;
        }
    }

    private static async Task CoverAsync(MutantSwitch mutants, string[] folders, bool isBack)
    {
        mutants.Capture();
        var suite = new Suite(Assembly.Load("Remediator.Tests"));
        var tests = suite.Find(suite.Classes.Where(
            type => folders.Any(folder => type.StartsWith($"Remediator.Tests.{folder}", StringComparison.Ordinal)))).ToList();
        if (isBack)
        {
            tests.Reverse();
        }

        // What the cases of theories are made of.
        Write(new Covered("", "", "", 0, mutants.Reached()));
        foreach (var (id, type, name) in tests)
        {
            var started = Stopwatch.GetTimestamp();
            var failed = await suite.FirstFailureAsync([id]);
            var reached = mutants.Reached();
            if (failed is not null)
            {
                await Console.Error.WriteLineAsync($"fails without a mutant and is left out: {name}");
                continue;
            }

            Write(new Covered(id, type, name, Stopwatch.GetElapsedTime(started).TotalMilliseconds, reached));
        }
    }

    private static async Task TryAsync(MutantSwitch mutants)
    {
        var suite = new Suite(Assembly.Load("Remediator.Tests"));
        var current = -1;
        var patience = new Patience(() =>
        {
            Write(new Answer(current, "Timeout"));
            Environment.Exit(3);
        });
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var order = JsonSerializer.Deserialize<Order>(line, Json)!;
            current = order.Mutant;
            _ = suite.Find(order.Classes);
            mutants.Set(order.Mutant);
            patience.Start(Spare + TimeSpan.FromMilliseconds(5 * order.Milliseconds));
            var killer = await FirstFailureAsync(suite, order.Tests);
            patience.Stop();
            mutants.Clear();
            // A test that still fails was broken by what an earlier mutant left behind: only a new process can tell.
            if (killer is not null && await suite.FirstFailureAsync([killer]) is not null)
            {
                Write(new Answer(order.Mutant, "Spoilt", killer));
                return;
            }
            Write(new Answer(order.Mutant, killer is null ? "Survived" : "Killed", killer));
        }
    }

    private static async Task<string?> FirstFailureAsync(Suite suite, IReadOnlyList<string> tests)
    {
        foreach (var some in tests.Chunk(Batch))
        {
            if (await suite.FirstFailureAsync(some) is { } killer)
            {
                return killer;
            }
        }
        return null;
    }

    private static void Write<T>(T line) => output.WriteLine(JsonSerializer.Serialize(line, Json));
}
