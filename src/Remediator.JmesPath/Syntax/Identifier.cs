using System.Text.Encodings.Web;
using System.Text.Json;

namespace Remediator.JmesPath.Syntax;

/// <summary>Names as they are written in expressions.</summary>
internal static class Identifier
{
    public static bool IsStart(char c) => char.IsAsciiLetter(c) || c == '_';

    public static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    public static bool IsPlain(string name) => name.Length > 0 && IsStart(name[0]) && name.All(IsPart);

    /// <summary>The name, quoted if an expression has to quote it.</summary>
    public static string Write(string name) =>
        IsPlain(name) ? name : $"\"{JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
