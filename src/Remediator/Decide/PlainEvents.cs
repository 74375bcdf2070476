using Remediator.Playbooks;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Remediator.Decide;

/// <summary>
/// What a parser finds, as long as it is plain: the tree is built as the text is parsed, and what is not plain never gets into one.
/// </summary>
internal sealed class PlainEvents(YamlReader yaml, string file, IParser parser) : IParser
{
    private const int MostDepth = 32;

    private readonly HashSet<string> _anchors = new(StringComparer.Ordinal);
    private readonly Stack<string> _within = new();
    private int _documents;

    public ParsingEvent? Current => parser.Current;

    /// <exception cref="NotPlainException">This is not plain; the problem is noted.</exception>
    public bool MoveNext()
    {
        if (!parser.MoveNext())
        {
            return false;
        }

        return Note(parser.Current!) ? throw new NotPlainException() : true;
    }

    /// <summary>Notes what else is not plain in the rest of the text.</summary>
    public void Finish()
    {
        while (_within.Count <= MostDepth && parser.MoveNext())
        {
            Note(parser.Current!);
        }
    }

    /// <summary>Whether there is a fault.</summary>
    private bool Note(ParsingEvent happened)
    {
        var before = yaml.Problems.Count;
        if (happened is AnchorAlias { Value: var name } && _within.Contains(name.Value))
        {
            Add(happened, $"the anchor '&{name.Value}' is used within itself");
        }

        if (happened is MappingStart or SequenceStart)
        {
            _within.Push(happened is NodeEvent { Anchor: { IsEmpty: false } own } ? own.Value : "");
        }
        else if (happened is MappingEnd or SequenceEnd)
        {
            _within.Pop();
        }

        _documents += happened is DocumentStart ? 1 : 0;
        if (Fault(happened) is { } fault)
        {
            Add(happened, fault);
        }

        if (_within.Count > MostDepth)
        {
            Add(happened, $"this is nested deeper than {MostDepth} levels");
        }

        return yaml.Problems.Count > before;
    }

    private string? Fault(ParsingEvent happened) => happened switch
    {
        DocumentStart when _documents > 1 => "a policy is one document: a second one begins here",
        AnchorAlias alias when !_anchors.Contains(alias.Value.Value) =>
            $"there is no anchor '&{alias.Value.Value}' above this line{Nearest.Hint(alias.Value.Value, [.. _anchors])}",
        Scalar { IsKey: true, Anchor.IsEmpty: false } => "an anchor stands before a value, not before a word",
        NodeEvent { Anchor: { IsEmpty: false } anchor } when !_anchors.Add(anchor.Value) =>
            $"the anchor '&{anchor.Value}' stands twice: which of the two is meant would hang on the line",
        NodeEvent { Tag.IsEmpty: false } => "YAML tags (words with '!') are not taken here: write the value without",
        _ => null,
    };

    private void Add(ParsingEvent at, string what) => yaml.Add("PB001", new(file, (int)at.Start.Line, (int)at.Start.Column), what);
}

/// <summary>The text has what is not plain YAML.</summary>
internal sealed class NotPlainException : Exception;
