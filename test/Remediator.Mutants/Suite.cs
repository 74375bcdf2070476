using System.Reflection;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Remediator.Mutants;

/// <summary>The quick tests of an assembly, run in this process and one after another.</summary>
internal sealed class Suite
{
    private readonly Dictionary<string, IXunitTestCase> cases = [];
    private readonly HashSet<string> known = [];
    private readonly Assembly tests;
    private readonly ITestAssembly assembly;

    internal Suite(Assembly tests)
    {
        this.tests = tests;
        assembly = new TestAssembly(Reflector.Wrap(tests));
    }

    /// <summary>The tests of some classes, with the cases of each theory.</summary>
    internal IEnumerable<(string Id, string Class, string Name)> Find(IEnumerable<string> classes)
    {
        using var framework = new XunitTestFramework(new NullMessageSink());
        using var discoverer = framework.GetDiscoverer(Reflector.Wrap(tests));
        var all = new List<(string Id, string Class, string Name)>();
        foreach (var name in classes.Where(known.Add))
        {
            using var found = new FoundCases();
            discoverer.Find(name, includeSourceInformation: false, found, new Options());
            found.Finished.WaitOne();
            foreach (var test in found.Cases.Where(test => !test.Traits.GetValueOrDefault("Category", []).Contains("Slow")))
            {
                if (cases.TryAdd(test.UniqueID, test))
                {
                    all.Add((test.UniqueID, name, test.DisplayName));
                }
            }
        }
        return all;
    }

    internal IEnumerable<string> Classes => tests.GetTypes().Where(type => type is { IsAbstract: false, FullName: not null })
        .Select(type => type.FullName!);

    /// <summary>Runs tests until one fails, and returns which; null when all pass. Unknown ids are passed over.</summary>
    internal async Task<string?> FirstFailureAsync(IEnumerable<string> ids)
    {
        var chosen = ids.Where(cases.ContainsKey).Select(id => cases[id]).ToList();
        using var sink = new FirstFailure();
        using var runner = new XunitTestAssemblyRunner(assembly, chosen, new NullMessageSink(), sink, new Options());
        _ = await runner.RunAsync();
        return sink.Failed;
    }

    private sealed class Options : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
    {
        private readonly Dictionary<string, object?> values = new()
        {
            ["xunit.execution.DisableParallelization"] = true,
            ["xunit.execution.MaxParallelThreads"] = 1,
        };

        public TValue GetValue<TValue>(string name) => values.GetValueOrDefault(name) is TValue value ? value : default!;

        public void SetValue<TValue>(string name, TValue value) => values[name] = value;
    }

    private sealed class FoundCases : LongLivedMarshalByRefObject, IMessageSink, IDisposable
    {
        internal List<IXunitTestCase> Cases { get; } = [];

        internal ManualResetEvent Finished { get; } = new(false);

        public bool OnMessage(IMessageSinkMessage message)
        {
            if (message is ITestCaseDiscoveryMessage { TestCase: IXunitTestCase found })
            {
                Cases.Add(found);
            }
            if (message is IDiscoveryCompleteMessage)
            {
                Finished.Set();
            }
            return true;
        }

        public void Dispose() => Finished.Dispose();
    }

    private sealed class FirstFailure : LongLivedMarshalByRefObject, IMessageSink, IDisposable
    {
        internal string? Failed { get; private set; }

        public bool OnMessage(IMessageSinkMessage message)
        {
            Failed ??= message switch
            {
                ITestFailed failed => failed.TestCase.UniqueID,
                ITestAssemblyCleanupFailure or ITestCollectionCleanupFailure or ITestClassCleanupFailure => "cleanup",
                _ => null,
            };
            return Failed is null;
        }

        public void Dispose()
        {
        }
    }
}
