using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;

namespace Remediator.Playbooks;

/// <summary>One key of a statement's condition. A statement applies where all its conditions hold, each for one of its values.</summary>
internal sealed record PolicyCondition(string Operator, string Key, ImmutableArray<string> Values)
{
    /// <summary>
    /// Keys that tell who calls or from where. All others, <c>lambda:FunctionUrlAuthType</c> among them, leave "everybody" as it is.
    /// </summary>
    private static readonly HashSet<string> Telling = new(StringComparer.OrdinalIgnoreCase)
    {
        "aws:SourceArn", "aws:SourceAccount", "aws:SourceOwner", "aws:SourceOrgID", "aws:SourceOrgPaths", "aws:PrincipalArn",
        "aws:PrincipalAccount", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:SourceVpc", "aws:SourceVpce", "aws:SourceVpcArn",
        "aws:VpceAccount", "aws:VpceOrgID", "aws:VpceOrgPaths", "aws:userid", "aws:SourceIp", "aws:VpcSourceIp", "kms:CallerAccount",
        "s3:DataAccessPointAccount", "s3:DataAccessPointArn",
    };

    private static readonly HashSet<string> Positive = new(StringComparer.OrdinalIgnoreCase)
    {
        "StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnEquals", "ArnLike",
    };

    private static readonly SearchValues<char> Wild = SearchValues.Create("*?$");

    /// <summary>
    /// Whether it makes fewer than everybody out of everybody: a key that tells who, an operator that requires it (neither a negation
    /// nor <c>…IfExists</c> nor <c>ForAllValues</c>, which hold where the key is missing), and no value that fits anybody.
    /// </summary>
    public bool Narrows => Telling.Contains(Key) && !Values.IsEmpty && (IsOfAddresses
        ? Name.Equals("IpAddress", StringComparison.OrdinalIgnoreCase) && Values.All(IsNarrowRange)
        : Positive.Contains(Name) && Values.All(IsFixed));

    private bool IsOfAddresses => Key.EndsWith("SourceIp", StringComparison.OrdinalIgnoreCase);

    private string Name =>
        Operator.StartsWith("ForAnyValue:", StringComparison.OrdinalIgnoreCase) ? Operator["ForAnyValue:".Length..] : Operator;

    /// <summary>
    /// Wider ranges than these hold a good part of the Internet; AWS draws the line there too when it calls a policy public.
    /// </summary>
    private static bool IsNarrowRange(string range) => range.Split('/') switch
    {
        [var address] => address.Length > 0,
        [var address, var bits] => int.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && length >= (address.Contains(':', StringComparison.Ordinal) ? 32 : 8),
        _ => false,
    };

    /// <summary>
    /// A wildcard is harmless behind what names the account, the organisation or the role; a policy variable may be anything.
    /// </summary>
    private static bool IsFixed(string value)
    {
        var wild = value.AsSpan().IndexOfAny(Wild);
        if (wild < 0)
        {
            return value.Length > 0;
        }

        var before = value[..wild];
        return before.StartsWith("arn:", StringComparison.Ordinal)
            ? before.Split(':') is [_, _, _, _, { Length: 12 } account, _, ..] && account.All(char.IsAsciiDigit)
            : before.Length > 2 && before[^1] is ':' or '/';
    }
}
