using System.Collections.Immutable;
using Remediator.Incidents;

namespace Remediator.Aws;

/// <summary>What the id in an event says: the parts of the resource's name, and its ARN where that follows from them.</summary>
internal sealed record ResourceName(ImmutableArray<string> Parts, string? Arn)
{
    private const char Bar = '|';

    /// <summary>What an account has once goes by the account's own id.</summary>
    private static readonly string[] Accounts = ["AWS::::Account", "AWS::S3::AccountPublicAccessBlock"];

    /// <summary>Reads an id in any of the forms of its type.</summary>
    /// <param name="resource">The resource as the event names it.</param>
    /// <param name="partition">The event's.</param>
    /// <param name="needsParts">
    /// Whether the parts are asked for. Where not, an ARN that does not have the type's form is passed on as it is: the API holds to it.
    /// </param>
    /// <exception cref="WrongResourceException">It is of another account, region or type, or of no form that the type has.</exception>
    public static ResourceName Read(ResourceKey resource, string partition, bool needsParts = false)
    {
        var (type, id) = (resource.Type, resource.Id);
        if (id.Length is 0 || id.Any(char.IsControl))
        {
            throw new WrongResourceException($"The event gives the {type} a name that is empty or has control characters.");
        }

        return id.StartsWith("arn:", StringComparison.Ordinal) ? OfArn(resource, partition, needsParts) : OfName(resource, partition);
    }

    private static ResourceName OfArn(ResourceKey resource, string partition, bool needsParts)
    {
        CheckOwner(resource, partition);
        if (!ResourceForms.Arns.TryGetValue(resource.Type, out var form))
        {
            return new([resource.Id], resource.Id);
        }

        if (Match($"arn:{partition}:{form}", resource) is { } parts)
        {
            return new(parts, resource.Id);
        }

        return !needsParts && resource.Id.Split(':')[2] == form.Split(':')[0]
            ? new([], resource.Id)
            : throw new WrongResourceException(
                $"The event names a {resource.Type} by '{resource.Id}', which is the ARN of something else.");
    }

    private static ResourceName OfName(ResourceKey resource, string partition)
    {
        if (Accounts.Contains(resource.Type) && resource.Id != resource.Account)
        {
            throw new WrongResourceException(
                $"The event is about account {resource.Account}, and names the {resource.Type} '{resource.Id}'.");
        }

        var form = ResourceForms.Arns.GetValueOrDefault(resource.Type);
        var parts = Plain(resource) ?? [.. form is null || IsComposite(form) ? resource.Id.Split(Bar) : [resource.Id]];
        if (form is not null && parts.Length != Count(form))
        {
            throw new WrongResourceException(
                $"The event names a {resource.Type} by '{resource.Id}', which is neither its ARN nor {Count(form)} names with bars "
                + "between them."
            );
        }

        return new(
            parts, form is null || form.Contains('*', StringComparison.Ordinal) ? null : $"arn:{partition}:{Fill(form, resource, parts)}");
    }

    private static ImmutableArray<string>? Plain(ResourceKey resource)
    {
        if (!ResourceForms.Plain.TryGetValue(resource.Type, out var form))
        {
            return null;
        }

        // The emulator speaks HTTP; which host answers for a queue follows from the client's settings, not from here.
        var id = resource.Id.StartsWith("http://", StringComparison.Ordinal) ? $"https{resource.Id[4..]}" : resource.Id;
        var parts = Match(form, resource with { Id = id });
        return parts is null && form.StartsWith("https:", StringComparison.Ordinal) && id.Contains('/', StringComparison.Ordinal)
            ? throw new WrongResourceException($"The event names a {resource.Type} by '{resource.Id}', which is not one of this account.")
            : parts;
    }

    /// <summary>The account, the region and the partition that an ARN names are those of the event.</summary>
    private static void CheckOwner(ResourceKey resource, string partition)
    {
        if (resource.Id.Split(':', 6) is not [_, var part, _, var region, var account, _])
        {
            throw new WrongResourceException($"The event names a {resource.Type} by '{resource.Id}', which is no whole ARN.");
        }

        var isElsewhere = region.Length > 0 && resource.Region.Length > 0 && resource.Region is not ResourceKey.Global
            && region != resource.Region
            && !ResourceForms.IsElsewhere(resource.Type);
        if (part != partition || (account.Length > 0 && account != resource.Account) || isElsewhere)
        {
            throw new WrongResourceException(
                $"The event is about account {resource.Account} in {resource.Region}, and names a {resource.Type} of another: "
                + $"'{resource.Id}'."
            );
        }
    }

    private static bool IsComposite(string form) => form.Contains("{1}", StringComparison.Ordinal);

    private static int Count(string form) => IsComposite(form) ? 2 : 1;

    private static string Fill(string form, ResourceKey r, ImmutableArray<string> parts) => form
        .Replace("{R}", r.Region, StringComparison.Ordinal)
        .Replace("{A}", r.Account, StringComparison.Ordinal)
        .Replace("{0}", parts[0], StringComparison.Ordinal)
        .Replace("{1}", parts[^1], StringComparison.Ordinal);

    /// <summary>The parts of a name that has a form; null where it has not. One pass over both: no word is tried twice.</summary>
    private static ImmutableArray<string>? Match(string form, ResourceKey resource)
    {
        var parts = ImmutableArray.CreateBuilder<string>();
        var (at, i) = (0, 0);
        while (i < form.Length)
        {
            var end = form[i] switch
            {
                '*' => Word(resource.Id, at),
                '{' => Placeholder(form, i, resource, at, parts),
                var letter => at < resource.Id.Length && resource.Id[at] == letter ? at + 1 : -1,
            };
            if (end < 0)
            {
                return null;
            }

            i += form[i] is '{' ? 3 : 1;
            at = end;
        }

        return at == resource.Id.Length ? parts.ToImmutable() : null;
    }

    private static int Placeholder(string form, int i, ResourceKey resource, int at, ImmutableArray<string>.Builder parts)
    {
        if (form[i + 1] is 'R' or 'A')
        {
            var text = form[i + 1] is 'R' ? resource.Region : resource.Account;
            return string.CompareOrdinal(resource.Id, at, text, 0, text.Length) is 0 ? at + text.Length : -1;
        }

        // Only what stands at the end may hold separators.
        var end = i + 3 == form.Length ? resource.Id.Length : form[i + 1] is 'H' ? Until(resource.Id, at, '/') : Word(resource.Id, at);
        if (form[i + 1] is not 'H' && end > at)
        {
            parts.Add(resource.Id[at..end]);
        }

        return end > at ? end : -1;
    }

    private static int Word(string text, int at) => text.AsSpan(at).IndexOfAny('/', ':') is var length and >= 0 ? at + length : text.Length;

    private static int Until(string text, int at, char end) => text.IndexOf(end, at) is var found and >= 0 ? found : text.Length;
}

/// <summary>What would be read or changed is not proven to be what the event names: nothing is done.</summary>
internal sealed class WrongResourceException(string message) : Exception(message);
