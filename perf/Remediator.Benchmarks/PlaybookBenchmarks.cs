using BenchmarkDotNet.Attributes;
using Remediator.Playbooks;

namespace Remediator.Benchmarks;

/// <summary>What an event reads of the playbooks when a function starts: the index and one playbook, for any number of playbooks.</summary>
public class PlaybookBenchmarks
{
    private const string Rule = "S3_BUCKET_VERSIONING_ENABLED";
    private string folder = "";

    [Params(10, 100, 1000)]
    public int Playbooks { get; set; }

    [GlobalSetup]
    public void Write()
    {
        folder = Directory.CreateTempSubdirectory("playbooks").FullName;
        var text = File.ReadAllText(Path.Combine(Repository.Root, "playbooks", "s3", "bucket-versioning.yaml"));
        var lines = Enumerable.Range(0, Playbooks).Select(number => $"RULE_{number:D4} AWS::S3::Bucket p{number}\n")
            .Append($"{Rule} AWS::S3::Bucket p0\n");
        File.WriteAllText(Path.Combine(folder, PlaybookLibrary.IndexFile), string.Concat(lines));
        for (var number = 0; number < Playbooks; number++)
        {
            File.WriteAllText(Path.Combine(folder, $"p{number}.yaml"), text);
        }
    }

    [GlobalCleanup]
    public void Delete() => Directory.Delete(folder, recursive: true);

    [Benchmark]
    public object FindAndRead()
    {
        var library = new PlaybookLibrary(folder);
        return library.Load(library.Answering(Rule, "AWS::S3::Bucket")[0]);
    }
}
