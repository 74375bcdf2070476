namespace Remediator.Aws.Endpoints;

/// <summary>A function of the rules. With a missing argument or one of the wrong type it returns null or false; it never fails.</summary>
internal delegate object? Function(ReadOnlySpan<object?> arguments);

internal static class Functions
{
    /// <summary>The functions of version 1.0 of the rules; <c>getAttr</c> is a separate kind of expression.</summary>
    internal static Function Named(string name) => name switch
    {
        "isSet" => static a => Flag.Of(a[0] is not null),
        "not" => static a => Flag.Of(!Holds(a[0])),
        "booleanEquals" => static a => Flag.Of(a is [bool left, bool right] && left == right),
        "stringEquals" => static a => Flag.Of(a is [string left, string right] && left == right),
        "uriEncode" => static a => a[0] is string text ? Uri.EscapeDataString(text) : null,
        "substring" => static a => a is [string text, int start, int stop, bool reverse] ? Substring(text, start, stop, reverse) : null,
        "parseURL" => static a => ParsedUrl.Parse(a[0] as string),
        "isValidHostLabel" => static a => Flag.Of(a is [string text, bool dots] && HostLabel.IsValid(text, dots)),
        "aws.partition" => static a => AwsPartition.Of(a[0] as string),
        "aws.parseArn" => static a => ParsedArn.Parse(a[0] as string),
        "aws.isVirtualHostableS3Bucket" =>
            static a => Flag.Of(a is [string text, bool dots] && HostLabel.IsVirtualHostableBucket(text, dots)),
        _ => throw new InvalidDataException($"The endpoint rules call '{name}', which is not known."),
    };

    /// <summary>A condition holds unless its value is missing or false.</summary>
    internal static bool Holds(object? value) => value is not (null or false);

    /// <summary>The characters from start up to stop, counted from the end if reversed; null if out of range.</summary>
    internal static string? Substring(string text, int start, int stop, bool reverse)
    {
        if (start < 0 || start >= stop || stop > text.Length || !System.Text.Ascii.IsValid(text))
        {
            return null;
        }

        return reverse ? text[^stop..^start] : text[start..stop];
    }
}
