using System.Collections.Immutable;
using Remediator.JmesPath.Reads;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>Follows the paths of an expression through the type of its input.</summary>
internal static class TypePath
{
    /// <summary>The type at a path; if there is none, the step that fails and the type that lacks it.</summary>
    public static (InferredType? Found, string Step, InferredType Parent) Follow(string path, InferredType root)
    {
        var at = root;
        foreach (var step in Steps(path))
        {
            var next = step switch
            {
                "[]" => at.Item(),
                "*" => InferredType.Any,
                "@" => at,
                _ => at.Member(step),
            };
            if (next is null)
            {
                return (null, step, at);
            }

            at = next;
        }

        return (at, "", at);
    }

    /// <summary>The type of an expression's result.</summary>
    public static InferredType From(Reach reach, InferredType root) => reach switch
    {
        Reach.At(var path) => Follow(path, root).Found ?? InferredType.Any,
        Reach.List(var item) => new InferredType.Items(From(item, root)),
        Reach.Hash(var properties) => InferredType.FieldsOf(properties.DistinctBy(p => p.Name).Select(p => (p.Name, From(p.Value, root)))),
        Reach.Either(var first, var second) => new InferredType.Either(From(first, root), From(second, root)),
        _ => InferredType.Any,
    };

    private static ImmutableArray<string> Steps(string path)
    {
        var steps = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < path.Length;)
        {
            var end = path[i] switch
            {
                '[' => i + 2,
                '"' => path.IndexOf('"', i + 1) + 1,
                _ => path.AsSpan(i).IndexOfAny('.', '[') is var next and >= 0 ? i + next : path.Length,
            };
            if (end > i)
            {
                steps.Add(path[i..end].Trim('"'));
            }

            i = end < path.Length && path[end] == '.' ? end + 1 : end;
        }

        return steps.ToImmutable();
    }
}
