using Remediator.Aws;
using Remediator.Operate;

namespace Remediator.Cli.Operate;

/// <summary>The deployed Operate function by its URL: AWS tells it who asks.</summary>
internal sealed class FunctionUrl(Uri url, Func<Uri, string, CancellationToken, Task<(int Status, string Body)>> post)
{
    private const string Operation = "lambda:InvokeFunctionUrl";

    public async Task<Answer> SendAsync(OperatorCommand command, CancellationToken ct)
    {
        var (status, body) = await post(url, CommandJson.Of(command), ct);
        return status switch
        {
            200 => CommandJson.Read(url.Host, body),
            403 => throw new AwsException(
                Operation,
                "AccessDenied",
                status,
                "",
                $"AWS does not let you ask {url.Host}: your role needs lambda:InvokeFunctionUrl and lambda:InvokeFunction on the alias "
                + $"'url' of the Operate function. It answered: {body}"),
            429 => throw new AwsException(Operation, "TooManyRequestsException", status, "", body),
            _ => throw new AwsException(Operation, "Unhandled", status, "", $"The function failed; its logs say more. It answered: {body}"),
        };
    }
}
