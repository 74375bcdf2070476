using System.Net;
using System.Text;

namespace Remediator.Emulator;

/// <summary>The answers of the Runtime API.</summary>
internal static class Reply
{
    private static readonly byte[] Ok = """{"status":"OK"}"""u8.ToArray();

    public static Task AcceptedAsync(HttpListenerContext context) => SendAsync(context, HttpStatusCode.Accepted, Ok);

    public static Task ErrorAsync(HttpListenerContext context, HttpStatusCode status, string message, string type) =>
        SendAsync(context, status, Encoding.UTF8.GetBytes($$"""{"errorMessage":"{{message}}","errorType":"{{type}}"}"""));

    public static async Task SendAsync(HttpListenerContext context, HttpStatusCode status, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength64 = body.Length;
        await context.Response.OutputStream.WriteAsync(body);
        context.Response.Close();
    }
}
