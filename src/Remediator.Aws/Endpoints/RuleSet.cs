using System.Text.Json;

namespace Remediator.Aws.Endpoints;

/// <summary>
/// The endpoint rules of one service as written by <c>tools/trim_endpoint_rules.py</c>: a line for the service as a whole, then one for
/// each distinct condition and one for each distinct rule, which refer to each other by index. An evaluation visits few of hundreds,
/// so each is read at its first visit. Thread-safe.
/// </summary>
internal sealed class RuleSet
{
    private readonly string service;
    private readonly int[] root;
    private readonly RuleReader reader;
    private readonly ReadOnlyMemory<byte>[] lines;
    private readonly Condition?[] conditions;
    private readonly Rule?[] rules;
    private readonly int slots;

    internal RuleSet(ReadOnlyMemory<byte> text)
    {
        lines = Lines(text);
        using var head = JsonDocument.Parse(lines[0]);
        service = head.RootElement.Text("service");
        SigningName = head.RootElement.Text("signingName");
        Parameters = [.. head.RootElement.GetProperty("parameters").EnumerateObject().Select(ParameterDefinition.Read)];
        root = head.RootElement.GetProperty("root").Map(index => index.GetInt32());
        conditions = new Condition?[head.RootElement.GetProperty("conditions").GetInt32()];
        rules = new Rule?[lines.Length - conditions.Length - 1];
        string[] names = [.. Parameters.Select(p => p.Name), .. head.RootElement.Texts("assigned")];
        slots = names.Length;
        reader = new RuleReader(names.Index().ToDictionary(n => n.Item, n => n.Index, StringComparer.Ordinal));
    }

    /// <summary>The service in the signing scope if the rules name none.</summary>
    internal string SigningName { get; }

    internal ParameterDefinition[] Parameters { get; }

    /// <exception cref="AwsEndpointException">The rules give no endpoint for these parameters.</exception>
    internal EndpointMatch Evaluate(EndpointParameters given)
    {
        var scope = new Scope(service, slots);
        for (var slot = 0; slot < Parameters.Length; slot++)
        {
            scope[slot] = Parameters[slot].Bind(given, scope);
        }

        return FirstMatch(root, scope) ?? throw scope.Failure("No rule matches the parameters.");
    }

    internal EndpointMatch? FirstMatch(int[] indices, Scope scope)
    {
        foreach (var index in indices)
        {
            if (Rule(index).Evaluate(this, scope) is { } match)
            {
                return match;
            }
        }

        return null;
    }

    // Threads that read the same line at once make the same of it.
    internal Condition Condition(int index) => conditions[index] ??= Read(1 + index, reader.Condition);

    private Rule Rule(int index) => rules[index] ??= Read(1 + conditions.Length + index, reader.Rule);

    private T Read<T>(int line, Func<JsonElement, T> read)
    {
        using var text = JsonDocument.Parse(lines[line]);
        return read(text.RootElement);
    }

    private static ReadOnlyMemory<byte>[] Lines(ReadOnlyMemory<byte> text)
    {
        var lines = new ReadOnlyMemory<byte>[text.Span.Count((byte)'\n')];
        for (var line = 0; line < lines.Length; line++)
        {
            var length = text.Span.IndexOf((byte)'\n');
            (lines[line], text) = (text[..length], text[(length + 1)..]);
        }

        return lines;
    }
}
