using System.Text;

namespace Remediator.Aws.Protocols;

/// <summary>Lists in headers: separated by commas, items with commas in quotes. HTTP dates hold one unquoted comma.</summary>
internal static class HeaderList
{
    public static IEnumerable<string> Split(string text, int commasInItems)
    {
        var item = new StringBuilder();
        var (inQuotes, commas) = (false, 0);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when inQuotes && i + 1 < text.Length:
                    item.Append(text[++i]);
                    break;
                case '"':
                    inQuotes = !inQuotes;
                    break;
                case ',' when !inQuotes && commas++ == commasInItems:
                    yield return item.ToString().Trim();
                    item.Clear();
                    commas = 0;
                    break;
                default:
                    item.Append(text[i]);
                    break;
            }
        }

        if (item.Length > 0)
        {
            yield return item.ToString().Trim();
        }
    }
}
