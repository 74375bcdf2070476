using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Amazon.DynamoDBv2.Model;

namespace Remediator.Record;

/// <summary>
/// Proves that an item of the journal was written by the service: HMAC-SHA256 over the table's name and every attribute, key, version and
/// content. An item that somebody wrote, changed or moved to another key does not hold it.
/// </summary>
internal sealed class ItemSeal(byte[] key, string table)
{
    public const string Attribute = "mac";

    public static bool IsSealed(Dictionary<string, AttributeValue> item) => item.ContainsKey(Attribute);

    public void Set(Dictionary<string, AttributeValue> item) => item[Attribute] = new() { B = new MemoryStream(Mac(item)) };

    public bool Holds(Dictionary<string, AttributeValue> item) =>
        item.TryGetValue(Attribute, out var mac) && mac.B is { } given
            && CryptographicOperations.FixedTimeEquals(given.ToArray(), Mac(item));

    private byte[] Mac(Dictionary<string, AttributeValue> item)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Append(mac, 'T', Encoding.UTF8.GetBytes(table));
        foreach (var (name, value) in item.Where(a => a.Key != Attribute).OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            Append(mac, 'A', Encoding.UTF8.GetBytes(name));
            var (kind, bytes) = value switch
            {
                { S: { } text } => ('S', Encoding.UTF8.GetBytes(text)),
                { N: { } number } => ('N', Encoding.UTF8.GetBytes(number)),
                { B: { } binary } => ('B', binary.ToArray()),
                _ => throw new InvalidDataException($"The attribute '{name}' is neither text, a number nor bytes."),
            };
            Append(mac, kind, bytes);
        }

        return mac.GetHashAndReset();
    }

    // Each part says its kind and its length, so that no two lists of parts give the same bytes.
    private static void Append(IncrementalHash mac, char kind, byte[] bytes)
    {
        Span<byte> head = stackalloc byte[5];
        head[0] = (byte)kind;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], bytes.Length);
        mac.AppendData(head);
        mac.AppendData(bytes);
    }
}
