using System.Globalization;
using System.Text;

namespace Remediator.Aws;

/// <summary>The position in an input during a traversal; converted to text only for an error message.</summary>
internal sealed class InputPlace
{
    private readonly List<(string? Name, int Index)> steps = [];

    public void Enter(string name) => steps.Add((name, 0));

    public void Enter(int index) => steps.Add((null, index));

    public void Leave() => steps.RemoveAt(steps.Count - 1);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, index) in steps)
        {
            if (name is null)
            {
                text.Append(CultureInfo.InvariantCulture, $"[{index}]");
            }
            else
            {
                text.Append(text.Length == 0 ? "" : ".").Append(name);
            }
        }

        return text.ToString();
    }
}
