using Amazon.DynamoDBv2.Model;
using Remediator.Record;
using Remediator.Testing;

namespace Remediator.Tests.Record;

/// <summary>Items that somebody else wrote, changed or moved within the table are not accepted as the service's own.</summary>
public sealed class ItemSealTests
{
    private static readonly ItemSeal Seal = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)], "journal");

    public static TheoryData<string> Attributes => [.. Sealed().Keys.Where(k => k is not ItemSeal.Attribute)];

    [Fact]
    public void Seal_of_an_item_that_the_service_wrote_is_valid() => Assert.True(Seal.Holds(Sealed()));

    [Theory]
    [MemberData(nameof(Attributes))]
    public void Seal_is_invalid_once_an_attribute_is_changed_or_removed(string name)
    {
        var (changed, without) = (Sealed(), Sealed());
        changed[name] = changed[name] switch
        {
            { S: { } text } => new(text + "x"),
            { N: { } number } => new() { N = number + "1" },
            _ => new() { B = new MemoryStream([1, 2, 3]) },
        };
        without.Remove(name);

        Assert.False(Seal.Holds(changed));
        Assert.False(Seal.Holds(without));
    }

    [Fact]
    public void Seal_is_invalid_with_an_additional_attribute()
    {
        var item = Sealed();
        item["zz"] = new("more");

        Assert.False(Seal.Holds(item));
    }

    [Fact]
    public void Text_and_number_of_the_same_digits_are_not_the_same()
    {
        var item = Sealed();
        item["version"] = new(item["version"].N);

        Assert.False(Seal.Holds(item));
    }

    [Fact]
    public void Attribute_that_no_item_of_the_journal_has_is_never_sealed() => Assert.Equal(
        "The attribute 'list' is neither text, a number nor bytes.",
        Assert.Throws<InvalidDataException>(() => Seal.Set(new() { ["list"] = new() { L = [new("a")] } })).Message);

    [Fact]
    public void Boundaries_between_names_and_values_count()
    {
        Dictionary<string, AttributeValue> item = new() { ["ab"] = new("c") };
        Seal.Set(item);

        Assert.False(Seal.Holds(new() { ["a"] = new("bc"), [ItemSeal.Attribute] = item[ItemSeal.Attribute] }));
    }

    [Fact]
    public void Value_counts_under_its_own_name_only()
    {
        Dictionary<string, AttributeValue> item = new() { ["a"] = new("c") };
        Seal.Set(item);

        Assert.False(Seal.Holds(new() { ["b"] = new("c"), [ItemSeal.Attribute] = item[ItemSeal.Attribute] }));
    }

    [Fact]
    public void Seal_of_another_key_or_another_table_does_not_hold()
    {
        Assert.False(new ItemSeal(new byte[32], "journal").Holds(Sealed()));
        Assert.False(new ItemSeal([.. Enumerable.Range(0, 32).Select(i => (byte)i)], "other").Holds(Sealed()));
    }

    [Fact]
    public void Item_without_a_seal_or_with_a_truncated_one_is_invalid()
    {
        var (without, cut) = (Sealed(), Sealed());
        without.Remove(ItemSeal.Attribute);
        cut[ItemSeal.Attribute] = new() { B = new MemoryStream(cut[ItemSeal.Attribute].B.ToArray()[..31]) };

        Assert.False(Seal.Holds(without));
        Assert.False(ItemSeal.IsSealed(without));
        Assert.False(Seal.Holds(cut));
    }

    private static Dictionary<string, AttributeValue> Sealed()
    {
        var item = DynamoItems.Current(Some.Incident(), TimeSpan.FromDays(400));
        Seal.Set(item);
        return item;
    }

    [Fact]
    public void Seal_is_the_one_that_every_version_writes_whatever_the_order_of_the_attributes()
    {
        var item = new Dictionary<string, AttributeValue>
        {
            ["version"] = new() { N = "7" },
            ["pk"] = new("p"),
            ["content"] = new() { B = new MemoryStream([1, 2, 3]) },
            ["sk"] = new("s"),
        };

        Seal.Set(item);

        Assert.Equal(
            "aec3da0f473550b4b6fd4e1a4a3399febd993316f94821b6abd7a48f0d532fe3",
            Convert.ToHexStringLower(item[ItemSeal.Attribute].B.ToArray()));
    }
}
