using System.Xml.Linq;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>
/// Compares XML: text beside elements only if it is not blank, attributes in any order, and siblings with different names in
/// any order, because clients write them in the model's or in the caller's.
/// </summary>
internal static class XmlComparison
{
    public static string? Difference(string expected, string actual)
    {
        if (expected.Length == 0 || actual.Length == 0)
        {
            return expected == actual ? null : $"body: expected '{expected}', is '{actual}'";
        }

        var left = Canonical(XDocument.Parse(expected, LoadOptions.PreserveWhitespace).Root!);
        var right = Canonical(XDocument.Parse(actual, LoadOptions.PreserveWhitespace).Root!);
        return left == right ? null : $"body: expected {left}, is {right}";
    }

    private static string Canonical(XElement element)
    {
        var attributes = element.Attributes().Select(a => $" {a.Name}='{a.Value}'").Order(StringComparer.Ordinal);
        var children = element.HasElements
            ? string.Concat(element.Elements().GroupBy(child => child.Name.ToString()).OrderBy(group => group.Key, StringComparer.Ordinal)
                .SelectMany(group => group.Select(Canonical)))
            : element.Value;
        return $"<{element.Name}{string.Concat(attributes)}>{children}</{element.Name}>";
    }
}
