using System.Diagnostics.CodeAnalysis;

namespace Remediator.Aws.Models;

/// <summary>The type of an API value, as the models name it.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The words of the models.")]
public enum ShapeType
{
    Structure,
    List,
    Map,
    String,
    Boolean,
    Integer,
    Long,
    Float,
    Double,
    Blob,
    Timestamp,
}
