using System.Diagnostics;
using Remediator.Aws.Models;

namespace Remediator.Benchmarks;

/// <summary>The size of each service's model, and how long the largest takes to open and to read in full.</summary>
internal static class ModelReport
{
    public static void Print()
    {
        var folder = Path.Combine(Repository.Root, "src", "Remediator.Aws", "Models", "Data");
        var files = Directory.GetFiles(folder, "*.json").Select(file => new FileInfo(file)).OrderByDescending(file => file.Length).ToList();
        foreach (var file in files)
        {
            Console.WriteLine($"{Path.GetFileNameWithoutExtension(file.Name),-28}{file.Length,10:N0} bytes");
        }

        Console.WriteLine($"{files.Count} services, {files.Sum(file => file.Length):N0} bytes");
        var largest = File.ReadAllBytes(files[0].FullName);
        var name = Path.GetFileNameWithoutExtension(files[0].Name);
        Time($"{name}, first time in the process: open", () => ServiceModel.Open(name, largest));
        Time($"{name}, warm: open", () => ServiceModel.Open(name, largest), times: 200);
        Time($"{name}, warm: open and read one operation", () => ReadAll(ServiceModel.Open(name, largest), one: true), times: 200);
        Time(
            $"{name}, warm: open and read every operation and shape",
            () => ReadAll(ServiceModel.Open(name, largest), one: false),
            times: 50);
    }

    private static void Time(string what, Action action, int times = 1)
    {
        var from = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
        {
            action();
        }

        Console.WriteLine($"{what}: {Stopwatch.GetElapsedTime(from).TotalMilliseconds / times:F2} ms");
    }

    private static void ReadAll(ServiceModel model, bool one)
    {
        var seen = new HashSet<Shape>();
        foreach (var name in model.Operations.Take(one ? 1 : int.MaxValue))
        {
            var operation = model.Operation(name)!;
            Walk(operation.Input, seen);
            Walk(operation.Output, seen);
        }
    }

    private static void Walk(Shape? shape, HashSet<Shape> seen)
    {
        if (shape is null || !seen.Add(shape))
        {
            return;
        }

        Walk(shape.Element?.Shape, seen);
        Walk(shape.Value?.Shape, seen);
        foreach (var member in shape.Members.Values)
        {
            Walk(member.Shape, seen);
        }
    }
}
