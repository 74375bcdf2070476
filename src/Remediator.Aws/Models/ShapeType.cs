using System.Diagnostics.CodeAnalysis;

namespace Remediator.Aws.Models;

/// <summary>What a value of the API is, as the models say it.</summary>
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
