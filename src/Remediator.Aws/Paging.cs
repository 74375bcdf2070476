using System.Text.Json;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;

namespace Remediator.Aws;

/// <summary>Follows pagination: makes the input of the next call from the output of the last.</summary>
internal sealed class Paging(OperationModel operation, JsonElement input)
{
    private string? lastToken;

    /// <summary>The input of the next page; null after the last.</summary>
    public JsonElement? Next { get; private set; } = input;

    /// <exception cref="AwsException">The service keeps returning the same token.</exception>
    public void Advance(JsonElement page)
    {
        if (operation.Paginator is not { } paginator || !PageTokens.HasMore(paginator, page))
        {
            Next = null;
            return;
        }

        var tokens = paginator.OutputTokens.Select(token => PageTokens.Read(page, token)).ToArray();
        var joined = string.Join("\n", tokens.Select(token => token?.GetRawText() ?? ""));
        if (tokens.All(token => token is null))
        {
            Next = null;
            return;
        }

        if (joined == lastToken)
        {
            throw new AwsException(operation.FullName, "RepeatedPage", 200, "", $"The service gave the same continuation twice: {joined}.");
        }

        lastToken = joined;
        Next = WithTokens(paginator, tokens);
    }

    private JsonElement WithTokens(Paginator paginator, JsonElement?[] tokens) => Output.Write(output =>
    {
        foreach (var property in input.EnumerateObject().Where(property => !paginator.InputTokens.Contains(property.Name)))
        {
            property.WriteTo(output);
        }

        for (var i = 0; i < tokens.Length; i++)
        {
            if (tokens[i] is { } token)
            {
                output.WritePropertyName(paginator.InputTokens[i]);
                token.WriteTo(output);
            }
        }
    });
}
