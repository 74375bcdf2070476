using System.Collections.Immutable;
using System.IO.Enumeration;
using System.Text.Json;
using Remediator.Aws.Endpoints;
using Remediator.Aws.Models;
using Remediator.Values;

namespace Remediator.Aws.Permissions;

/// <summary>Where a call is made.</summary>
internal readonly record struct CallPlace(string Account, string Region)
{
    public string Partition => AwsPartition.Of(Region).Name;

    /// <summary>A derived limit or condition, in this place.</summary>
    public string Fill(string text) => text.Replace("${AWS::Partition}", Partition, StringComparison.Ordinal)
        .Replace("${AWS::URLSuffix}", AwsPartition.Of(Region).DnsSuffix, StringComparison.Ordinal)
        .Replace("${region}", Region, StringComparison.Ordinal)
        .Replace("${account}", Account, StringComparison.Ordinal);
}

/// <summary>The resources of one call, as far as its input tells: never wider than what the action is limited to anyway.</summary>
internal static class CalledResources
{
    private static ImmutableArray<string> Table { get; } = [.. FactFile.Lines("iam-resources.txt")];

    /// <param name="action">What is asked for.</param>
    /// <param name="scope">What the action is limited to, whatever the call.</param>
    /// <param name="operation">The operation of the call.</param>
    /// <param name="input">Its input.</param>
    /// <param name="place">Where it is made.</param>
    public static ImmutableArray<string> Of(string action, string scope, string operation, JsonElement input, CallPlace place)
    {
        var limit = place.Fill(scope);
        if (limit is "*")
        {
            return [limit];
        }

        ImmutableArray<string> called = action.StartsWith("apigateway:", StringComparison.Ordinal)
            ? Address(limit, operation, input)
            : Table.FirstOrDefault(l => Line.IsAbout(l, action)) is { } line ? Line.Read(line).Resources(input, place) : [];
        return called.IsEmpty || called.Any(r => !FileSystemName.MatchesSimpleExpression(limit, r, ignoreCase: false)) ? [limit] : called;
    }

    /// <summary>API Gateway's ARNs are the paths of its addresses: the input has what stands at each star.</summary>
    private static ImmutableArray<string> Address(string limit, string operation, JsonElement input)
    {
        if (ModelCatalog.Find(operation) is not { } model)
        {
            return [];
        }

        var address = limit;
        foreach (var label in model.Path.Split('/').Where(p => p.StartsWith('{')).Select(p => p.Trim('{', '}', '+')))
        {
            if (model.MemberInPath(label) is not { } member
                || input.TextOf(member) is not { } value
                || !IsPlain(value)
                || value.Contains('/', StringComparison.Ordinal))
            {
                return [];
            }

            var star = address.IndexOf("/*", StringComparison.Ordinal);
            address = star < 0 ? address : $"{address[..star]}/{value}{address[(star + 2)..]}";
        }

        return [address];
    }

    /// <summary>What IAM would take as a pattern, or as a variable, is no name.</summary>
    private static bool IsPlain(string value) => value.Length > 0 && value.AsSpan().IndexOfAny('*', '?', '$') < 0;

    private sealed record Line((string Member, string[] Arns)[] Members)
    {
        public static Line Read(string line) => new(Array.ConvertAll(line.Split(' ')[1..], Member));

        public static bool IsAbout(string line, string action) =>
            FileSystemName.MatchesSimpleExpression(line.AsSpan(0, line.IndexOf(' ')), action, ignoreCase: false);

        private static (string Member, string[] Arns) Member(string word)
        {
            var parts = word.Split('=', 2);
            return (parts[0], parts[1].Split(','));
        }

        /// <summary>None where a value is none that an ARN can be made of.</summary>
        public ImmutableArray<string> Resources(JsonElement input, CallPlace place)
        {
            var all = ImmutableArray.CreateBuilder<string>();
            foreach (var (member, arns) in Members)
            {
                foreach (var value in Values(input.Member(member)))
                {
                    if (!IsPlain(value))
                    {
                        return [];
                    }

                    all.AddRange(arns.Select(arn => Filled(arn, value, place)));
                }
            }

            return [.. all.Distinct()];
        }

        private static string Filled(string template, string value, CallPlace place)
        {
            var hole = template.IndexOf("{}", StringComparison.Ordinal);
            return value.StartsWith("arn:", StringComparison.Ordinal)
                ? value + (hole < 0 ? "" : template[(hole + 2)..])
                : place.Fill(template).Replace("{}", Name(value), StringComparison.Ordinal);
        }

        /// <summary>A queue is named by the end of its address.</summary>
        private static string Name(string value) =>
            value.Contains("://", StringComparison.Ordinal) ? value[(value.LastIndexOf('/') + 1)..] : value;

        private static IEnumerable<string> Values(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => value.EnumerateArray().Where(i => i.ValueKind is JsonValueKind.String).Select(i => i.GetString()!),
            _ => [],
        };
    }
}
