using System.Diagnostics;

namespace Remediator.Emulator;

/// <summary>The last lines of a process's standard error, for the message if it fails.</summary>
internal sealed class OutputTail
{
    private const int Kept = 40;

    private readonly Lock gate = new();
    private readonly Queue<string> lines = new();

    public static OutputTail Of(Process process)
    {
        var tail = new OutputTail();
        process.ErrorDataReceived += (_, line) => tail.Add(line.Data);
        process.BeginErrorReadLine();
        return tail;
    }

    public override string ToString()
    {
        lock (gate)
        {
            return string.Join('\n', lines);
        }
    }

    private void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (gate)
        {
            lines.Enqueue(line);
            if (lines.Count > Kept)
            {
                lines.Dequeue();
            }
        }
    }
}
