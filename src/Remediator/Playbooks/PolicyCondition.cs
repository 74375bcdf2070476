using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;

namespace Remediator.Playbooks;

/// <summary>One key of a statement's condition. A statement applies if each of its conditions holds for one of its values.</summary>
internal sealed record PolicyCondition(string Operator, string Key, ImmutableArray<string> Values)
{
    /// <summary>
    /// Keys that identify the caller or the caller's network. All others, <c>lambda:FunctionUrlAuthType</c> among them, still allow
    /// everybody.
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
    /// Whether the condition restricts everybody to fewer: a key that identifies the caller, an operator that requires it (no negation,
    /// <c>…IfExists</c> or <c>ForAllValues</c>, which hold if the key is missing), and no value that matches everybody.
    /// </summary>
    public bool Narrows => Telling.Contains(Key) && !Values.IsEmpty && (IsOfAddresses
        ? Name.Equals("IpAddress", StringComparison.OrdinalIgnoreCase) && Values.All(IsNarrowRange)
        : Positive.Contains(Name) && Values.All(IsFixed));

    private bool IsOfAddresses => Key.EndsWith("SourceIp", StringComparison.OrdinalIgnoreCase);

    private string Name =>
        Operator.StartsWith("ForAnyValue:", StringComparison.OrdinalIgnoreCase) ? Operator["ForAnyValue:".Length..] : Operator;

    /// <summary>
    /// Wider ranges contain a large part of the Internet; AWS uses the same limit when it decides whether a policy is public.
    /// </summary>
    private static bool IsNarrowRange(string range) => range.Split('/') switch
    {
        [var address] => address.Length > 0,
        [var address, var bits] => int.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && length >= (address.Contains(':', StringComparison.Ordinal) ? 32 : 8),
        _ => false,
    };

    /// <summary>
    /// A wildcard is harmless after a part that names the account, the organisation or the role; a policy variable can have any value.
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
