using System.Text.Json;
using Remediator.Values;

namespace Remediator.Cli.Output;

/// <summary>Where a command writes: text for people or one JSON object on standard output, progress on standard error.</summary>
internal sealed class Terminal(Outside outside, bool isJson)
{
    public bool IsJson => isJson;

    public Outside Outside => outside;

    /// <summary>Text for people. With --json nothing of it may reach standard output.</summary>
    public Screen Screen { get; } =
        Screen.For(isJson ? TextWriter.Null : outside.Out, outside.IsOutTerminal, outside.Environment, outside.Width);

    /// <summary>Progress of a long operation: written to a terminal only.</summary>
    public void Progress(string text)
    {
        if (outside.IsErrorTerminal)
        {
            outside.Error.WriteLine($"… {text}");
        }
    }

    /// <summary>What went wrong, as the one object that a machine reads.</summary>
    public void Error(int exitCode, string message) => Json(w =>
    {
        w.WriteStartObject("error");
        w.WriteNumber("exitCode", exitCode);
        w.WriteString("message", message);
        w.WriteEndObject();
    });

    /// <summary>The one object that a machine reads; nothing where a person does.</summary>
    public void Json(Action<Utf8JsonWriter> members)
    {
        if (!isJson)
        {
            return;
        }

        outside.Out.WriteLine(Values.Json.Write(w =>
        {
            w.WriteStartObject();
            members(w);
            w.WriteEndObject();
        }).GetRawText());
    }
}
