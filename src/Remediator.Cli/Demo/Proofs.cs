using Remediator.Cli.Output;

namespace Remediator.Cli.Demo;

/// <summary>What the demo verified by reading the resources.</summary>
internal sealed class Proofs(Screen screen)
{
    private readonly List<(string What, bool Holds)> _all = [];

    public IReadOnlyList<(string What, bool Holds)> All => _all;

    public bool AllHold => _all.All(c => c.Holds);

    public void That(bool holds, string what)
    {
        _all.Add((what, holds));
        screen.Line(holds ? $"  ok      {what}" : $"  WRONG   {what}", holds ? Tone.Good : Tone.Bad);
    }
}
