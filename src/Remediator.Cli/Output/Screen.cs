using Remediator.Values;
using Spectre.Console;

namespace Remediator.Cli.Output;

/// <summary>
/// Text for people: with colour and tables in a terminal; plain, aligned and unbroken when piped or where NO_COLOR is set.
/// </summary>
internal sealed class Screen
{
    private const int FieldWidth = 105;
    private const int UsualWidth = 80;

    private readonly TextWriter _writer;
    private readonly IAnsiConsole? _rich;

    private Screen(TextWriter writer, bool isRich, int? width)
    {
        _writer = writer;
        Width = width;
        if (isRich)
        {
            _rich = AnsiConsole.Create(new() { Ansi = AnsiSupport.Yes, Out = new AnsiConsoleOutput(writer) });
            _rich.Profile.Width = width ?? UsualWidth;
        }
    }

    /// <summary>What a line has room for; null in a pipe, where nothing is cut or broken.</summary>
    public int? Width { get; }

    public static Screen For(TextWriter writer, bool isTerminal, Func<string, string?> environment, int? width = null) =>
        new(
            writer,
            isTerminal && environment("NO_COLOR") is (null or "") && environment("TERM") is not "dumb",
            isTerminal ? width ?? UsualWidth : null);

    public void Line(string text = "", Tone tone = Tone.Plain)
    {
        var printable = Printable(text);
        if (_rich is null)
        {
            _writer.WriteLine(printable);
        }
        else
        {
            _rich.WriteLine(printable, Style(tone));
        }
    }

    /// <summary>Sentences, in lines that the terminal holds.</summary>
    public void Paragraph(string text, Tone tone = Tone.Plain)
    {
        foreach (var line in Width is { } width ? Columns.Wrap(text, width) : [text])
        {
            Line(line, tone);
        }
    }

    /// <summary>Names and values, one a line; those without a value are left out.</summary>
    public void Facts(params ReadOnlySpan<(string Name, string? Value)> facts)
    {
        foreach (var (name, value) in facts)
        {
            if (!string.IsNullOrEmpty(value))
            {
                Line($"{name,-11} {value}");
            }
        }
    }

    /// <summary>A name and, beside it, text of any length in lines that a terminal holds.</summary>
    public void Field(string name, string text, Tone tone = Tone.Plain)
    {
        foreach (var line in Columns.Wrap(text, FieldWidth))
        {
            Line($"  {name,-11}{line}", tone);
            name = "";
        }
    }

    /// <summary>Rows under headings.</summary>
    public void Table(IReadOnlyList<string> headings, IReadOnlyCollection<IReadOnlyList<string>> rows)
    {
        if (_rich is null)
        {
            foreach (var line in Columns.Align([headings, .. rows]))
            {
                _writer.WriteLine(Printable(line));
            }

            return;
        }

        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns([.. headings.Select(h => new TableColumn(new Text(h, Style(Tone.Heading))))]);
        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(Printable(cell))));
        }

        _rich.Write(table);
    }

    /// <summary>
    /// Names and annotations come from outside: their control characters are not written to the terminal.
    /// </summary>
    private static string Printable(string text) =>
        string.Concat(text.EnumerateRunes().Select(r => r.Value is '\n' or '\t' || PlainText.IsPrintable(r) ? r.ToString() : "?"));

    private static Style Style(Tone tone) => tone switch
    {
        Tone.Heading => new(decoration: Decoration.Bold),
        Tone.Good => new(Color.Green),
        Tone.Warning => new(Color.Yellow),
        Tone.Bad => new(Color.Red),
        Tone.Quiet => new(Color.Grey),
        _ => Spectre.Console.Style.Plain,
    };
}
