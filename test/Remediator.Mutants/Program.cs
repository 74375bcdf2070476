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
    private const string Tested = "Remediator";
    private const string Tests = "Remediator.Tests";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan Spare = TimeSpan.FromSeconds(6);
    private static TextWriter output = TextWriter.Null;

    private sealed record Covered(string Id, string Class, string Name, double Milliseconds, IList<int> Mutants);

    private sealed record Order(int Mutant, bool Once, IReadOnlyList<Named> Tests, double Milliseconds);

    private sealed record Named(string Class, string Id);

    private sealed record Answer(int Mutant, string Status, string? By = null);

    private static async Task<int> Main(string[] arguments)
    {
        output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        Console.SetOut(TextWriter.Null);
        switch (arguments)
        {
            case ["cover", var order, .. var folders]:
                await CoverAsync(folders, order is "back");
                return 0;
            case ["try"]:
                await TryAsync();
                return 0;
            default:
                await Console.Error.WriteLineAsync("Remediator.Mutants cover forth|back FOLDER… | try");
                return 2;
        }
    }

    private static async Task CoverAsync(string[] folders, bool isBack)
    {
        var mutants = MutantSwitch.Of(Assembly.Load(Tested));
        mutants.Capture();
        var suite = new Suite(Assembly.Load(Tests));
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

    private static async Task TryAsync()
    {
        var mutants = MutantSwitch.Of(Assembly.Load(Tested));
        mutants.Clear();
        var suite = new Suite(Assembly.Load(Tests));
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
            patience.Start(Spare + TimeSpan.FromMilliseconds(5 * order.Milliseconds));
            var killer = order.Once ? await TriedOnceAsync(order) : await TriedAsync(order, mutants, suite);
            patience.Stop();
            // A test that still fails was broken by what an earlier mutant left behind: only a new process can tell.
            if (killer is not null && await FirstFailureAsync(suite, [killer]) is not null)
            {
                Write(new Answer(order.Mutant, "Spoilt", killer.Id));
                return;
            }
            Write(new Answer(order.Mutant, killer is null ? "Survived" : "Killed", killer?.Id));
        }
    }

    private static async Task<Named?> TriedAsync(Order order, MutantSwitch mutants, Suite suite)
    {
        _ = suite.Find(order.Tests.Select(test => test.Class));
        mutants.Set(order.Mutant);
        var killer = await FirstFailureAsync(suite, order.Tests);
        mutants.Clear();
        return killer;
    }

    /// <summary>What a static value is made of is read once, so the mutant is active before anything runs.</summary>
    private static Task<Named?> TriedOnceAsync(Order order)
    {
        var fresh = new FreshAssemblies(Tested);
        MutantSwitch.Of(fresh.Load(Tested)).Set(order.Mutant);
        return FirstFailureAsync(new(fresh.Load(Tests)), order.Tests);
    }

    private static async Task<Named?> FirstFailureAsync(Suite suite, IReadOnlyList<Named> tests)
    {
        foreach (var some in tests.Chunk(Batch))
        {
            _ = suite.Find(some.Select(test => test.Class));
            if (await suite.FirstFailureAsync(some.Select(test => test.Id)) is { } killer)
            {
                return some.FirstOrDefault(test => test.Id == killer) ?? new("", killer);
            }
        }
        return null;
    }

    private static void Write<T>(T line) => output.WriteLine(JsonSerializer.Serialize(line, Json));
}
