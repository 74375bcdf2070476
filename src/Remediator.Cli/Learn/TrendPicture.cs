using System.Globalization;
using System.Text;
using Remediator.Learn;

namespace Remediator.Cli.Learn;

/// <summary>Stacked bars. What they show stands beside them as a table too, for whoever does not see them.</summary>
internal static class TrendPicture
{
    private const int Width = 960;
    private const int Height = 220;
    private const int Left = 40;
    private const int Foot = 24;

    private static readonly string[] Names = ["fixed without a person", "a person asked", "a person called", "other"];

    public static string Of(IReadOnlyList<(DateOnly From, Tally Tally)> trend)
    {
        var (bars, most) = (trend.Select(b => (b.From, Parts: Parts(b.Tally))).ToList(), Math.Max(1, trend.Max(b => b.Tally.Incidents)));
        var (slot, scale) = ((Width - Left) / (double)trend.Count, (Height - Foot - 10) / (double)most);
        var svg = new StringBuilder();
        svg.AppendLine(
            $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"Incidents over time, at most {most} in a bar; "
            + "the table below has the figures\">");
        svg.AppendLine($"<line class=\"axis\" x1=\"{Left}\" y1=\"{Height - Foot}\" x2=\"{Width}\" y2=\"{Height - Foot}\"/>");
        svg.AppendLine($"<text x=\"0\" y=\"14\">{most}</text><text x=\"0\" y=\"{Height - Foot}\">0</text>");
        foreach (var (n, (from, parts)) in bars.Index())
        {
            Bar(svg, Left + n * slot, slot * 0.8, scale, $"{from:yyyy-MM-dd}", parts);
        }

        foreach (var n in new[] { 0, trend.Count - 1 }.Distinct())
        {
            var (x, anchor) = n == 0 ? (Left, "start") : (Width, "end");
            svg.AppendLine($"<text x=\"{x}\" y=\"{Height - 6}\" text-anchor=\"{anchor}\">{bars[n].From:yyyy-MM-dd}</text>");
        }

        svg.AppendLine("</svg><p>")
            .AppendLine(string.Concat(Names.Select((name, i) => $"<span class=\"key key{i}\"></span>{name} &#160; ")));
        svg.AppendLine("</p><details><summary>The same as a table</summary><table><thead><tr><th scope=\"col\">from</th>");
        svg.AppendLine(string.Concat(Names.Select(name => $"<th scope=\"col\">{name}</th>"))).AppendLine("</tr></thead><tbody>");
        foreach (var (from, parts) in bars)
        {
            svg.AppendLine($"<tr><th scope=\"row\">{from:yyyy-MM-dd}</th>{string.Concat(parts.Select(p => $"<td>{p}</td>"))}</tr>");
        }

        return svg.AppendLine("</tbody></table></details>").ToString();
    }

    private static void Bar(StringBuilder svg, double x, double width, double scale, string name, int[] parts)
    {
        double y = Height - Foot;
        foreach (var (i, part) in parts.Index().Where(p => p.Item > 0))
        {
            y -= part * scale;
            var place = $"x=\"{Point(x)}\" y=\"{Point(y)}\" width=\"{Point(width)}\" height=\"{Point(part * scale)}\"";
            svg.Append($"<rect class=\"bar{i}\" {place}>");
            svg.AppendLine($"<title>{name}: {part} {Names[i]}</title></rect>");
        }
    }

    /// <summary>Each incident once: by the gravest that happened to it.</summary>
    private static int[] Parts(Tally t) => [t.FixedAlone, t.AskedOnly, t.Escalated, t.Incidents - t.FixedAlone - t.AskedOnly - t.Escalated];

    private static string Point(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
