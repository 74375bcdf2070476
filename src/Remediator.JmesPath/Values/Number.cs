using System.Text.Json;

namespace Remediator.JmesPath.Values;

/// <summary>A number to compare or calculate with: exact if a decimal can hold it (28 digits), otherwise the nearest double.</summary>
internal readonly struct Number : IComparable<Number>
{
    // A decimal below this has fewer digits than a double.
    private const decimal SmallestExact = 1e-9m;

    private readonly decimal _exact;
    private readonly double _approximate;
    private readonly bool _isExact;

    public Number(decimal exact)
    {
        _exact = exact;
        _isExact = true;
    }

    private Number(double approximate) => _approximate = approximate;

    private double Approximate => _isExact ? (double)_exact : _approximate;

    public static Number Of(JsonElement element)
    {
        if (element.TryGetInt64(out var integer))
        {
            return new Number((decimal)integer);
        }

        if (element.TryGetDecimal(out var exact) && decimal.Abs(exact) >= SmallestExact)
        {
            return new Number(exact);
        }

        return element.TryGetDouble(out var approximate) && approximate == 0 ? new Number(0m) : new Number(approximate);
    }

    public int CompareTo(Number other) =>
        _isExact && other._isExact ? _exact.CompareTo(other._exact) : Approximate.CompareTo(other.Approximate);

    public decimal ToDecimal() => _isExact ? _exact : (decimal)_approximate;

    public Number Abs() => _isExact ? new(decimal.Abs(_exact)) : new(double.Abs(_approximate));

    public Number Ceiling() => _isExact ? new(decimal.Ceiling(_exact)) : new(double.Ceiling(_approximate));

    public Number Floor() => _isExact ? new(decimal.Floor(_exact)) : new(double.Floor(_approximate));

    public Number Add(Number other)
    {
        if (_isExact && other._isExact)
        {
            try
            {
                return new Number(_exact + other._exact);
            }
            catch (OverflowException)
            {
                return new Number(Approximate + other.Approximate);
            }
        }

        return new Number(Approximate + other.Approximate);
    }

    public Number DivideBy(int count) => _isExact ? new(_exact / count) : new(_approximate / count);

    public void WriteTo(Utf8JsonWriter writer)
    {
        if (_isExact)
        {
            writer.WriteNumberValue(_exact);
        }
        else if (double.IsFinite(_approximate))
        {
            writer.WriteNumberValue(_approximate);
        }
        else
        {
            throw new JmesPathException(JmesPathError.InvalidValue, 0, "a computed number is out of range");
        }
    }
}
