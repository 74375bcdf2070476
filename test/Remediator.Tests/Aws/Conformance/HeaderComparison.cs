namespace Remediator.Tests.Aws.Conformance;

/// <summary>Compares headers: Content-Type by media type, lists regardless of the space after a comma.</summary>
internal static class HeaderComparison
{
    public static bool Same(string name, string expected, string actual) =>
        name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)
            ? MediaType(expected) == MediaType(actual)
            : expected.Replace(", ", ",", StringComparison.Ordinal) == actual.Replace(", ", ",", StringComparison.Ordinal);

    private static string MediaType(string value) => value.Split(';')[0].Trim();
}
