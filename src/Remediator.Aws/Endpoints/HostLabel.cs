namespace Remediator.Aws.Endpoints;

/// <summary>Names that are valid in a host name (RFC 1123).</summary>
internal static class HostLabel
{
    private const int MaxLength = 63;

    internal static bool IsValid(ReadOnlySpan<char> value, bool allowSubDomains)
    {
        if (!allowSubDomains)
        {
            return IsLabel(value);
        }

        foreach (var part in value.Split('.'))
        {
            if (!IsLabel(value[part]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a bucket can be the first part of a host name.</summary>
    internal static bool IsVirtualHostableBucket(ReadOnlySpan<char> bucket, bool allowSubDomains) =>
        bucket.Length is >= 3 and <= MaxLength
        && !bucket.ContainsAnyInRange('A', 'Z')
        && !IsIPv4(bucket)
        && IsValid(bucket, allowSubDomains);

    /// <summary>Four groups of one to three digits, of any value: such a host is never treated as a name.</summary>
    internal static bool IsIPv4(ReadOnlySpan<char> host)
    {
        var groups = 0;
        foreach (var part in host.Split('.'))
        {
            var group = host[part];
            if (group.Length is < 1 or > 3 || group.ContainsAnyExceptInRange('0', '9'))
            {
                return false;
            }

            groups++;
        }

        return groups == 4;
    }

    private static bool IsLabel(ReadOnlySpan<char> label)
    {
        if (label.Length is < 1 or > MaxLength || label[0] == '-' || label[^1] == '-')
        {
            return false;
        }

        foreach (var c in label)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
            {
                return false;
            }
        }

        return true;
    }
}
