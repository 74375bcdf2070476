using System.Collections.Immutable;

namespace Remediator.Authoring.Permissions;

/// <summary>Packs statements into as few managed policies as possible.</summary>
internal static class PolicyPacker
{
    /// <summary>IAM's limit for a managed policy, in characters without white space.</summary>
    public const int MostCharacters = 6144;

    /// <summary>Of the ten managed policies that a role may have by default, the service itself needs two.</summary>
    public const int MostPolicies = 8;

    private static readonly int Envelope = """{"Version":"2012-10-17","Statement":[]}""".Length;

    public static ImmutableArray<ImmutableArray<Statement>> Pack(IEnumerable<Statement> statements)
    {
        var policies = ImmutableArray.CreateBuilder<ImmutableArray<Statement>>();
        var policy = ImmutableArray.CreateBuilder<Statement>();
        var left = MostCharacters - Envelope;
        foreach (var statement in statements)
        {
            for (var rest = statement; !rest.Actions.IsEmpty;)
            {
                var count = Fitting(rest, left);
                if (count > 0)
                {
                    var part = rest with { Actions = rest.Actions[..count] };
                    policy.Add(part);
                    left -= part.Size;
                    rest = rest with { Actions = rest.Actions[count..] };
                }

                if (!rest.Actions.IsEmpty)
                {
                    policies.Add(policy.DrainToImmutable());
                    left = MostCharacters - Envelope;
                }
            }
        }

        policies.Add(policy.DrainToImmutable());
        return policies.ToImmutable();
    }

    /// <summary>The length of a policy as IAM counts it.</summary>
    public static int Size(IEnumerable<Statement> policy) => Envelope + policy.Sum(s => s.Size);

    private static int Fitting(Statement statement, int left)
    {
        var size = statement.Frame;
        return statement.Actions.TakeWhile(action => (size += Statement.SizeOf(action)) <= left).Count();
    }
}
