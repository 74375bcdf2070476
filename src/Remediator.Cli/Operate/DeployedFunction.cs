using System.Text;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Operate;
using Remediator.Values;

namespace Remediator.Cli.Operate;

/// <summary>The deployed Operate function. Its own role, not the person's, decides what it may do.</summary>
internal sealed class DeployedFunction(IAws aws, string name)
{
    /// <summary>
    /// What is deployed and watched. Without it Lambda would run $LATEST: the newest code and settings, which no alarm looks at.
    /// </summary>
    private const string Alias = "live";

    /// <summary>NAME:ALIAS, ACCOUNT:function:NAME:ALIAS, or an ARN with one part more than that of the function itself.</summary>
    private bool IsQualified => name.Split(':').Length is 2 or 4 or 8;

    public async Task<Answer> SendAsync(OperatorCommand command, CancellationToken ct)
    {
        var output = await aws.CallAsync("lambda:Invoke", Json.Object(new Dictionary<string, JsonElement>
        {
            ["FunctionName"] = Json.Text(IsQualified ? name : $"{name}:{Alias}"),
            ["Payload"] = Json.Text(Convert.ToBase64String(Encoding.UTF8.GetBytes(CommandJson.Of(command)))),
        }), ct);
        var answer = Encoding.UTF8.GetString(Convert.FromBase64String(output.TextOf("Payload") ?? ""));
        return output.TextOf("FunctionError") is { } error
            ? throw new AwsException("lambda:Invoke", error, 200, "", $"The function failed; its logs say more. It answered: {answer}")
            : CommandJson.Read(name, answer);
    }
}
