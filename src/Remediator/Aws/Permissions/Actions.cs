using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.IO.Enumeration;
using Remediator.Aws.Models;
using Remediator.Values;

namespace Remediator.Aws.Permissions;

/// <summary>The IAM actions of operations: mostly of the same name, with exceptions that stand in data files.</summary>
internal static class Actions
{
    private const string Gateway = "apigateway";

    private static readonly FactTable Prefixes = new("iam-prefixes.txt");

    private static readonly FactTable Exceptions = new("iam-actions.txt");

    private static readonly FactTable Dependents = new("iam-dependents.txt");

    private static readonly ConcurrentDictionary<string, ImmutableArray<(string Action, string Resource)>?> Known =
        new(StringComparer.Ordinal);

    private static ImmutableArray<(string Pattern, ImmutableArray<string> Arns)> Scopes { get; } =
        [.. FactFile.Lines("iam-scopes.txt").Select(l => l.Split(' ')).Select(l => (l[0], l.Skip(1).ToImmutableArray()))];

    /// <summary>The services whose actions are known.</summary>
    public static IEnumerable<string> Services => Prefixes.Lines.Select(l => l[..l.IndexOf(' ')]);

    /// <summary>What an operation needs, with the resource of each; null where the service's actions are not known.</summary>
    public static ImmutableArray<(string Action, string Resource)>? Of(string operation) => Known.GetOrAdd(operation, Find);

    /// <summary>What an action can be limited to.</summary>
    public static string Scope(string action) => All(action)[0];

    private static ImmutableArray<(string Action, string Resource)>? Find(string operation)
    {
        var (service, name) = operation.Split(':') is [var s, var n] ? (s, n) : (operation, "");
        if (Prefixes.After(service) is not { } prefix)
        {
            return null;
        }

        var beside = (Dependents.After(operation)?.Split(' ') ?? []).Select(a => (a, Scope(a)));
        if (prefix is Gateway)
        {
            return ModelCatalog.Find(operation) is { } model
                ? [($"{Gateway}:{model.Method}", GatewayArn(service, model.Path)), .. beside]
                : [];
        }

        var own = Exceptions.After(operation)?.Split(' ') ?? [$"{prefix}:{name}"];
        return [.. own.SelectMany(a => All(a).Select(arn => (a, arn))), .. beside];
    }

    private static ImmutableArray<string> All(string action)
    {
        var scope = Scopes.FirstOrDefault(s => FileSystemName.MatchesSimpleExpression(s.Pattern, action, ignoreCase: false));
        return scope.Arns.IsDefault ? ["*"] : scope.Arns;
    }

    // API Gateway's actions are HTTP methods, and its ARNs the paths of its addresses; the path begins with /v2 in the address only.
    private static string GatewayArn(string service, string path)
    {
        var parts = (service is "apigatewayv2" && path.StartsWith("/v2/", StringComparison.Ordinal) ? path[3..] : path)
            .Split('/')
            .Select(part => part.StartsWith('{') ? "*" : part);
        return $"arn:${{AWS::Partition}}:{Gateway}:*::{string.Join('/', parts)}";
    }
}
