using System.Collections.Immutable;

namespace Remediator.Aws;

/// <summary>
/// The kinds of error codes from error-codes.txt, for one operation, one service or all of them. The file is read at the first
/// error, and searched as text.
/// </summary>
internal static class ErrorTable
{
    // The first line is a comment, so that every entry follows a line end.
    private static string Text => field ??= Read();

    private static ImmutableArray<string> Lines => field.IsDefault ? field = [.. Text.Split('\n')] : field;

    /// <summary>Codes that begin or end with an asterisk.</summary>
    private static ImmutableArray<string> Patterns => field.IsDefault
        ? field = [.. Lines.Where(l => l.StartsWith('*') || l.Contains("* ", StringComparison.Ordinal) && l.IndexOf('*') < l.IndexOf(' '))]
        : field;

    /// <summary>Messages that describe a temporary state, under any code.</summary>
    private static ImmutableArray<string> Words => field.IsDefault
        ? field = [.. Lines.Where(l => l.StartsWith("~ ", StringComparison.Ordinal)).Select(l => l[2..])]
        : field;

    /// <summary>The kind of a code; null if it is unknown. The most specific line counts, and a whole code before a pattern.</summary>
    public static AwsFault? Find(string operation, string code) => Whole(operation, code) ?? Part(operation, code);

    /// <summary>Whether the table has exactly this code for this operation.</summary>
    public static bool Names(string operation, string code) => Whole(operation, code) is not null;

    public static bool ShowsTemporaryState(string message) => Words.Any(w => message.Contains(w, StringComparison.OrdinalIgnoreCase));

    private static AwsFault? Whole(string operation, string code)
    {
        if (code.Length is 0 || code.Contains(' ', StringComparison.Ordinal))
        {
            return null;
        }

        (AwsFault? found, var narrowest) = ((AwsFault?)null, -1);
        var line = $"\n{code} ";
        // As a span: without cultures, the search of a string that ignores case goes character by character.
        for (var rest = Text.AsSpan(); rest.IndexOf(line, StringComparison.OrdinalIgnoreCase) is >= 0 and var at;)
        {
            rest = rest[(at + line.Length)..];
            Narrow(rest, operation, ref found, ref narrowest);
        }

        return found;
    }

    private static AwsFault? Part(string operation, string code)
    {
        (AwsFault? found, var narrowest) = ((AwsFault?)null, -1);
        foreach (var line in Patterns)
        {
            var pattern = line.AsSpan(0, line.IndexOf(' '));
            if (pattern[0] is '*'
                    ? code.AsSpan().EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
                    : code.AsSpan().StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase))
            {
                Narrow(line.AsSpan(pattern.Length + 1), operation, ref found, ref narrowest);
            }
        }

        return found;
    }

    private static void Narrow(ReadOnlySpan<char> line, string operation, ref AwsFault? found, ref int narrowest)
    {
        var scope = line[..line.IndexOf(' ')];
        var width = Width(scope, operation);
        if (width > narrowest)
        {
            var kind = line[(scope.Length + 1)..];
            (found, narrowest) = (Fault(kind.IndexOf('\n') is >= 0 and var end ? kind[..end] : kind), width);
        }
    }

    private static int Width(ReadOnlySpan<char> scope, string operation) => scope switch
    {
        "*" => 0,
        _ when scope.SequenceEqual(operation) => 2,
        _ when operation.AsSpan().StartsWith(scope, StringComparison.Ordinal) && operation.AsSpan(scope.Length) is [':', ..] => 1,
        _ => -1,
    };

    private static AwsFault Fault(ReadOnlySpan<char> kind) => kind switch
    {
        "throttling" => AwsFault.Throttling,
        "transient" => AwsFault.Transient,
        "clock" => AwsFault.ClockSkew,
        "busy" => AwsFault.Busy,
        "denied" => AwsFault.Denied,
        "gone" => AwsFault.Gone,
        "final" => AwsFault.Permanent,
        _ => throw new InvalidDataException($"error-codes.txt has no class '{kind}'."),
    };

    private static string Read()
    {
        using var resource = typeof(ErrorTable).Assembly.GetManifestResourceStream("error-codes.txt")
            ?? throw new InvalidDataException("The table of error codes is not in the assembly.");
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }
}
