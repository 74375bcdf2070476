using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Remediator.Aws.Endpoints;

/// <summary>The result of <c>parseURL</c>. <see cref="Uri"/> would normalise the URL; here every part stays as written.</summary>
internal sealed record ParsedUrl(string Scheme, string Authority, string Path, bool IsIp) : IAttributes
{
    private static readonly SearchValues<char> HostCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");

    private static readonly SearchValues<char> PathCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%!$&'()*+,;=:@/");

    /// <summary>The path with a slash at the end.</summary>
    internal string NormalizedPath { get; } = Path.EndsWith('/') ? Path : Path + "/";

    /// <summary>Null unless the text is an absolute http or https URL without query, fragment and user information.</summary>
    internal static ParsedUrl? Parse(string? text)
    {
        var separator = text?.IndexOf("://", StringComparison.Ordinal) ?? -1;
        if (text is null || separator < 0 || SchemeOf(text.AsSpan(0, separator)) is not { } scheme)
        {
            return null;
        }

        var rest = text[(separator + 3)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var (authority, path) = slash < 0 ? (rest, "") : (rest[..slash], rest[slash..]);
        return IsAuthority(authority, out var host) && !path.AsSpan().ContainsAnyExcept(PathCharacters)
            ? new ParsedUrl(scheme, authority, path, IsAddress(host))
            : null;
    }

    object? IAttributes.Attribute(string name) => name switch
    {
        "scheme" => Scheme,
        "authority" => Authority,
        "path" => Path,
        "normalizedPath" => NormalizedPath,
        "isIp" => Flag.Of(IsIp),
        _ => null,
    };

    private static string? SchemeOf(ReadOnlySpan<char> text) => text switch
    {
        _ when text.Equals("https", StringComparison.OrdinalIgnoreCase) => "https",
        _ when text.Equals("http", StringComparison.OrdinalIgnoreCase) => "http",
        _ => null,
    };

    private static bool IsAuthority(string authority, out ReadOnlySpan<char> host)
    {
        var endOfAddress = authority.IndexOf(']', StringComparison.Ordinal);
        var colon = authority.IndexOf(':', Math.Max(endOfAddress, 0));
        host = colon < 0 ? authority : authority.AsSpan(0, colon);
        var isPort = colon < 0 || ushort.TryParse(authority.AsSpan(colon + 1), System.Globalization.NumberStyles.None, null, out _);
        return isPort && (host.StartsWith('[') ? IsAddress(host) : !host.IsEmpty && !host.ContainsAnyExcept(HostCharacters));
    }

    private static bool IsAddress(ReadOnlySpan<char> host) => host is ['[', .. var inner, ']']
        ? IPAddress.TryParse(inner, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
        : HostLabel.IsIPv4(host);
}
