using System.Text;

namespace Remediator.Tests.Escalate;

/// <summary>Splits a command line as a POSIX shell does, with respect to words and quotes.</summary>
internal static class PosixWords
{
    public static List<string> Of(string line)
    {
        var (words, word) = (new List<string>(), (StringBuilder?)null);
        for (var i = 0; i < line.Length; i++)
        {
            switch (line[i])
            {
                case ' ' when word is not null:
                    words.Add(word.ToString());
                    word = null;
                    break;
                case ' ':
                    break;
                case '\'':
                    var end = line.IndexOf('\'', i + 1);
                    (word ??= new()).Append(line, i + 1, end - i - 1);
                    i = end;
                    break;
                case '\\':
                    (word ??= new()).Append(line[++i]);
                    break;
                case '$' or '`' or '"' or ';' or '&' or '|' or '<' or '>' or '(' or ')' or '\n' or '*' or '?' or '#' or '~':
                    throw new FormatException($"The shell would read '{line[i]}' in {line}");
                default:
                    (word ??= new()).Append(line[i]);
                    break;
            }
        }

        return word is null ? words : [.. words, word.ToString()];
    }
}
