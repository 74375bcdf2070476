using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace Remediator.Aws;

/// <summary>
/// The kinds of error codes from error-codes.txt, for one operation, one service or all of them. The file is searched as it is:
/// its codes are in lower case.
/// </summary>
internal static class ErrorTable
{
    private const int LongestCode = 128;

    /// <summary>The words and the codes with an asterisk; after an empty line, all other codes.</summary>
    private static readonly ReadOnlyMemory<byte> Text = EmbeddedText.Of("error-codes.txt");

    private static readonly int HeadLength = Text.Span.IndexOf("\n\n"u8) + 1;

    /// <summary>Messages that describe a temporary state, under any code.</summary>
    private static ImmutableArray<string> Words => field.IsDefault ? field = ReadWords() : field;

    /// <summary>The kind of a code; null if it is unknown. The most specific line counts, and a whole code before a pattern.</summary>
    public static AwsFault? Find(string operation, string code) => Whole(operation, code) ?? Part(operation, code);

    /// <summary>Whether the table has exactly this code for this operation.</summary>
    public static bool Names(string operation, string code) => Whole(operation, code) is not null;

    public static bool ShowsTemporaryState(string message) => Words.Any(w => message.Contains(w, StringComparison.OrdinalIgnoreCase));

    private static AwsFault? Whole(string operation, string code)
    {
        Span<byte> line = stackalloc byte[LongestCode + 2];
        if (code.Length is 0 or > LongestCode
            || code.Contains(' ', StringComparison.Ordinal)
            || Ascii.ToLower(code, line[1..], out var length) is not OperationStatus.Done)
        {
            return null;
        }

        line = line[..(length + 2)];
        (line[0], line[^1]) = ((byte)'\n', (byte)' ');
        (AwsFault? found, var narrowest) = ((AwsFault?)null, -1);
        for (var rest = Text.Span[HeadLength..]; rest.IndexOf(line) is >= 0 and var at;)
        {
            rest = rest[(at + line.Length)..];
            Narrow(rest, operation, ref found, ref narrowest);
        }

        return found;
    }

    private static AwsFault? Part(string operation, string code)
    {
        (AwsFault? found, var narrowest) = ((AwsFault?)null, -1);
        for (var rest = Text.Span[..HeadLength]; !rest.IsEmpty; rest = rest[(rest.IndexOf((byte)'\n') + 1)..])
        {
            var pattern = rest[..rest.IndexOf((byte)' ')];
            if (Fits(pattern, code))
            {
                Narrow(rest[(pattern.Length + 1)..], operation, ref found, ref narrowest);
            }
        }

        return found;
    }

    /// <summary>Whether a code is of a pattern that begins or ends with an asterisk.</summary>
    private static bool Fits(ReadOnlySpan<byte> pattern, string code) => code.Length >= pattern.Length - 1 && pattern switch
    {
        [(byte)'*', .. var end] => Ascii.EqualsIgnoreCase(end, code.AsSpan(code.Length - end.Length)),
        [.. var start, (byte)'*'] => Ascii.EqualsIgnoreCase(start, code.AsSpan(0, start.Length)),
        _ => false,
    };

    private static void Narrow(ReadOnlySpan<byte> line, string operation, ref AwsFault? found, ref int narrowest)
    {
        var scope = line[..line.IndexOf((byte)' ')];
        var width = Width(scope, operation);
        if (width > narrowest)
        {
            var kind = line[(scope.Length + 1)..];
            (found, narrowest) = (Fault(Encoding.UTF8.GetString(kind[..kind.IndexOf((byte)'\n')])), width);
        }
    }

    private static int Width(ReadOnlySpan<byte> scope, string operation) => scope switch
    {
        [(byte)'*'] => 0,
        _ when Ascii.Equals(scope, operation) => 2,
        _ when Ascii.Equals(scope, operation.AsSpan(0, Math.Max(0, operation.IndexOf(':')))) => 1,
        _ => -1,
    };

    private static AwsFault Fault(string kind) => kind switch
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

    private static ImmutableArray<string> ReadWords() =>
    [
        .. Encoding.UTF8.GetString(Text.Span[..HeadLength])
            .Split('\n')
            .Where(l => l.StartsWith("~ ", StringComparison.Ordinal))
            .Select(l => l[2..]),
    ];
}
