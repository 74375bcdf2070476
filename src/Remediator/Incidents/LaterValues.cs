namespace Remediator.Incidents;

/// <summary>
/// Values of an enum that only a later version knows. Each keeps the name that it is stored under: it is shown by that name, is written
/// back by it, and equals no value of this version.
/// </summary>
internal static class LaterValues
{
    /// <summary>Above every value that this version names.</summary>
    private const int First = 1_000_000;

    public static bool IsKnown<T>(this T value)
        where T : struct, Enum => Enum.IsDefined(value);

    /// <summary>
    /// The value of a stored name, in any case: the first version wrote some small. A name that this version does not know gives a value of
    /// its own, the same for the same name.
    /// </summary>
    public static T Read<T>(string name)
        where T : struct, Enum =>
        Enum.TryParse(name, ignoreCase: true, out T known) && string.Equals(Enum.GetName(known), name, StringComparison.OrdinalIgnoreCase)
            ? known
            : Names<T>.ValueOf(name);

    /// <summary>The name of a value that only a later version knows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">This version knows the value.</exception>
    public static string LaterName<T>(this T value)
        where T : struct, Enum => Names<T>.NameOf(value);

    /// <summary>The name that a value is stored under.</summary>
    public static string StoredName<T>(this T value)
        where T : struct, Enum => Enum.GetName(value) ?? Names<T>.NameOf(value);

    private static class Names<T>
        where T : struct, Enum
    {
        private static readonly Lock Gate = new();
        private static readonly List<string> All = [];

        public static T ValueOf(string name)
        {
            lock (Gate)
            {
                if (All.IndexOf(name) is var at && at < 0)
                {
                    at = All.Count;
                    All.Add(name);
                }

                return (T)Enum.ToObject(typeof(T), First + at);
            }
        }

        public static string NameOf(T value)
        {
            var at = Convert.ToInt32(value, null) - First;
            lock (Gate)
            {
                return at >= 0 && at < All.Count
                    ? All[at]
                    : throw new ArgumentOutOfRangeException(nameof(value), value, $"A value of {typeof(T).Name} without a name.");
            }
        }
    }
}
