using System.Collections.Concurrent;
using System.Collections.Specialized;
using System.Text;
using System.Text.RegularExpressions;
using Remediator.Aws.Models;
using Remediator.Decide;
using Remediator.Playbooks;

namespace Remediator.EndToEnd.Tests.Faults;

/// <summary>Finds the operation of a signed request by the API models.</summary>
internal static partial class WireReader
{
    private static readonly Lazy<ILookup<string, ServiceModel>> BySigningName = new(() =>
        ModelCatalog.Services.Select(name => ModelCatalog.Service(name)!)
            .ToLookup(model => model.Metadata.SigningName, StringComparer.Ordinal));

    private static readonly ConcurrentDictionary<string, Regex> Patterns = new(StringComparer.Ordinal);

    public static WireCall Read(string method, string rawUrl, NameValueCollection headers, byte[] body)
    {
        var signedFor = Scope().Match(headers["Authorization"] ?? "").Groups["service"].Value;
        if (headers["X-Amz-Target"] is { } target)
        {
            var name = target[(target.LastIndexOf('.') + 1)..];
            return new($"{ServiceOf(signedFor, s => s.Operation(name) is not null)}:{name}", rawUrl, WireProtocol.AwsJson, body);
        }

        if (Action().Match(Encoding.UTF8.GetString(body)) is { Success: true } action)
        {
            var name = action.Groups["name"].Value;
            var service = ServiceOf(signedFor, s => s.Operation(name) is not null);
            return new($"{service}:{name}", rawUrl, service is "ec2" ? WireProtocol.Ec2Query : WireProtocol.AwsQuery, body);
        }

        var matched = BySigningName
            .Value[signedFor]
            .SelectMany(s => s.Operations.Select(o => s.Operation(o)!))
            .Where(o => Matches(o, method, rawUrl))
            .MaxBy(o =>
                (o.Http.Query.Count * 100)
                + o.Path.Split('/').Count(part => part.Length > 0 && !part.Contains('{', StringComparison.Ordinal)));
        return matched is null
            ? new($"{signedFor}:{method} {rawUrl}", rawUrl, WireProtocol.RestXml, body)
            : new(matched.FullName, rawUrl, matched.Service.Protocol, body);
    }

    private static string ServiceOf(string signedFor, Func<ServiceModel, bool> has) =>
        BySigningName.Value[signedFor].FirstOrDefault(has)?.Name ?? signedFor;

    private static bool Matches(OperationModel operation, string method, string rawUrl)
    {
        var parts = rawUrl.Split('?', 2);
        var query = parts is [_, var text] ? text.Split('&') : [];
        return operation.Method == method
            && Patterns.GetOrAdd(operation.Path, Pattern).IsMatch(parts[0])
            && operation.Http.Query.All(q => query.Any(given => given == q.Key || given == $"{q.Key}=" || given == $"{q.Key}={q.Value}"));
    }

    private static Regex Pattern(string path)
    {
        var escaped = Regex.Escape(path.TrimEnd('/')).Replace("}", "\\}", StringComparison.Ordinal);
        return new($"^{Label().Replace(escaped, m => m.Value.Contains('+', StringComparison.Ordinal) ? ".+" : "[^/]+")}/?$");
    }

    [GeneratedRegex("Credential=[^/]+/[0-9]+/[^/]+/(?<service>[^/]+)/aws4_request")]
    private static partial Regex Scope();

    [GeneratedRegex("(^|&)Action=(?<name>[A-Za-z0-9]+)")]
    private static partial Regex Action();

    [GeneratedRegex(@"\\\{[^}]+\\\}")]
    private static partial Regex Label();
}
