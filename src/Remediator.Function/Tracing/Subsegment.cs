using System.Diagnostics;
using System.Text.Json;
using Remediator.Aws.Sdk;

namespace Remediator.Function.Tracing;

/// <summary>A span in the form that X-Ray takes from a function: a subsegment of the segment that Lambda makes.</summary>
internal static class Subsegment
{
    /// <summary>What X-Ray's daemon expects before each document.</summary>
    private static ReadOnlySpan<byte> Head => "{\"format\":\"json\",\"version\":1}\n"u8;

    public static byte[] Of(Activity span)
    {
        using var buffer = new MemoryStream();
        buffer.Write(Head);
        using (var w = new Utf8JsonWriter(buffer))
        {
            w.WriteStartObject();
            w.WriteString("name"u8, span.OperationName);
            w.WriteString("id"u8, span.SpanId.ToHexString());
            w.WriteString("trace_id"u8, TraceHeader.Root(span.TraceId));
            w.WriteString("parent_id"u8, span.ParentSpanId.ToHexString());
            w.WriteString("type"u8, "subsegment"u8);
            w.WriteNumber("start_time"u8, Seconds(span.StartTimeUtc));
            w.WriteNumber("end_time"u8, Seconds(span.StartTimeUtc + span.Duration));
            if (span.Source.Name is CallTracing.SourceName)
            {
                Call(w, span);
            }
            else
            {
                Own(w, span);
            }

            w.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void Call(Utf8JsonWriter w, Activity span)
    {
        w.WriteString("namespace"u8, "aws"u8);
        w.WriteStartObject("aws"u8);
        w.WriteString("operation"u8, span.GetTagItem(CallTracing.Method) as string);
        w.WriteString("region"u8, span.GetTagItem(CallTracing.Region) as string);
        w.WriteEndObject();
        var status = span.GetTagItem(CallTracing.Status) is int given ? given : 0;
        if (status > 0)
        {
            w.WriteStartObject("http"u8);
            w.WriteStartObject("response"u8);
            w.WriteNumber("status"u8, status);
            w.WriteEndObject();
            w.WriteEndObject();
        }

        if (span.Status is ActivityStatusCode.Error)
        {
            Failed(w, span.GetTagItem(CallTracing.Error) as string ?? "", status);
        }
    }

    /// <summary>X-Ray's words: an error is the caller's, a fault the service's; a throttle is an error, too.</summary>
    private static void Failed(Utf8JsonWriter w, string code, int status)
    {
        var isCallers = status is >= 400 and < 500;
        w.WriteBoolean(isCallers ? "error"u8 : "fault"u8, true);
        if (isCallers && (status is 429 || code.Contains("Throttl", StringComparison.Ordinal)))
        {
            w.WriteBoolean("throttle"u8, true);
        }

        w.WriteStartObject("cause"u8);
        w.WriteStartArray("exceptions"u8);
        w.WriteStartObject();
        w.WriteString("type"u8, code);
        w.WriteEndObject();
        w.WriteEndArray();
        w.WriteEndObject();
    }

    /// <summary>What one searches traces by.</summary>
    private static void Own(Utf8JsonWriter w, Activity span)
    {
        w.WriteStartObject("annotations"u8);
        foreach (var (name, value) in span.Tags)
        {
            w.WriteString(name, value);
        }

        w.WriteEndObject();
    }

    private static double Seconds(DateTime time) => (time - DateTime.UnixEpoch).TotalSeconds;
}
