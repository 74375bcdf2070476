using System.Text;
using System.Text.Json;
using Remediator.EndToEnd.Tests.Faults;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Record;

/// <summary>
/// The DynamoDB units of a request, by the documented rules: a write unit for each KiB of an item, two in a transaction; a read unit for
/// each 4 KiB of a consistent read; an index with all attributes is written with the item, twice if its key changes.
/// </summary>
/// <remarks>Items whose size is not in the request (counters, leases that are deleted or checked) are smaller than a KiB.</remarks>
internal static class RequestUnits
{
    public static double Written(WireCall call) => call.Name switch
    {
        "TransactWriteItems" => Input(call).Member("TransactItems").EnumerateArray().Sum(OfTransaction),
        "UpdateItem" or "DeleteItem" => 1,
        "PutItem" => Written(Input(call).Member("Item"), 1),
        _ => 0,
    };

    public static double Read(WireCall call) => call.Name switch
    {
        "GetItem" => 1,
        "Query" => 0.5,
        _ => 0,
    };

    private static double OfTransaction(JsonElement write) =>
        write.Member("Put") is var put && put.IsObject() ? Written(put.Member("Item"), 2) : 2;

    private static double Written(JsonElement item, int factor)
    {
        var kibibytes = Math.Ceiling(Size(item) / 1024.0);
        return (factor * kibibytes) + (item.Member("open").IsNull() ? 0 : 2 * kibibytes);
    }

    /// <summary>The size of names and values, as DynamoDB counts it.</summary>
    private static int Size(JsonElement item) => item.EnumerateObject().Sum(a => Encoding.UTF8.GetByteCount(a.Name) + ValueSize(a.Value));

    private static int ValueSize(JsonElement typed)
    {
        var (type, value) = typed.EnumerateObject().Select(p => (p.Name, p.Value)).Single();
        return type switch
        {
            "S" => Encoding.UTF8.GetByteCount(value.GetString()!),
            "B" => Convert.FromBase64String(value.GetString()!).Length,
            "N" => (value.GetString()!.Length / 2) + 2,
            _ => throw new InvalidOperationException($"The journal has no attribute of type {type}."),
        };
    }

    private static JsonElement Input(WireCall call) => Json.Parse(Encoding.UTF8.GetString(call.Body));
}
