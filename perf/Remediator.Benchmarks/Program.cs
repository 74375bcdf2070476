using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using Remediator.Benchmarks;
using Remediator.Record;

if (args is ["models"])
{
    ModelReport.Print();
    return;
}

if (args is ["calls"])
{
    await CallReport.PrintAsync();
    return;
}

// In this process: nothing is built again, and a run takes one minute instead of ten.
var config = ManualConfig.CreateEmpty()
    .AddJob(Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance).WithIterationCount(8).WithWarmupCount(4))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .HideColumns(Column.Error, Column.StdDev, Column.Median, Column.Job, Column.RatioSD, Column.Gen0, Column.Gen1, Column.Gen2)
    .AddLogger(ConsoleLogger.Default);
BenchmarkSwitcher.FromAssembly(typeof(CallBenchmarks).Assembly).Run(args, config);
