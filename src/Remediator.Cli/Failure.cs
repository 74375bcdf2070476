using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Remediator.Aws;
using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Record;

namespace Remediator.Cli;

/// <summary>A fault as it is shown to the user: what happened, what to do, and the exit code.</summary>
internal sealed record Failure(int ExitCode, string Text)
{
    private const string Credentials = "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or AWS_PROFILE, or sign in with 'aws sso login'.";

    private const string Settings =
        "'remediator use --stack NAME' takes them from the stack's outputs (aws cloudformation describe-stacks has them too); "
        + "docs/operating.md lists every setting.";

    public static Failure Of(Exception fault) =>
        fault switch
        {
            OperationCanceledException => new(
                ExitCodes.Interrupted, "Interrupted. What was begun is in the journal: the sweep goes on with it."),
            UsageException => new(ExitCodes.Usage, $"error: {fault.Message}"),
            LeaseLostException => new(ExitCodes.Later, $"{fault.Message} Look at the incident, then run the command again."),
            UnreadableIncidentException => new(
                ExitCodes.Environment,
                $"error: {fault.Message}\nA later version may have written it: use that version, or look at the item in the table."),
            UnsealedItemException => new(ExitCodes.Environment, $"error: {fault.Message}"),
            SettingsException => new(ExitCodes.Environment, $"error: {fault.Message}\n{Settings}"),
            InvalidFileException => new(ExitCodes.Environment, $"{fault.Message}\nNothing was done: 'remediator lint' checks the files."),
            FileNotFoundException or DirectoryNotFoundException => new(
                ExitCodes.Environment,
                $"error: {fault.Message} --policy and --playbooks, or REMEDIATOR_POLICY and REMEDIATOR_PLAYBOOKS, name others."),
            // Where the working copy is looked for, once for the process.
            TypeInitializationException { InnerException: EmulatorException inner } => Of(inner),
            EmulatorException => new(ExitCodes.Environment, $"error: {fault.Message}"),
            AwsException aws => new(ExitCodes.Environment, $"error: {aws.Message}\n{Advice(aws.Code)}"),
            ResourceNotFoundException => new(
                ExitCodes.Environment,
                "error: There is no such journal table: REMEDIATOR_JOURNAL_TABLE, AWS_REGION and the credentials must belong together."),
            AmazonServiceException { ErrorCode: { Length: > 0 } code } aws => new(
                ExitCodes.Environment, $"error: {aws.Message} ({code})\n{Advice(code)}"),
            AmazonServiceException { InnerException: { } inner } => new(
                ExitCodes.Environment, $"error: AWS gave no answer that can be used: {inner.Message}\n{Advice("")}"),
            AmazonClientException aws when aws.Message.Contains("resolve AWS credentials", StringComparison.Ordinal) => new(
                ExitCodes.Environment, $"error: No AWS credentials were found.\n{Credentials}"),
            AmazonClientException aws => new(ExitCodes.Environment, $"error: {aws.Message}\n{Credentials}"),
            HttpRequestException http => new(ExitCodes.Environment, $"error: AWS was not reached: {http.Message}\n{Advice("")}"),
            FormatException or AwsInputException => new(ExitCodes.Environment, $"error: {fault.Message}"),
            IOException or UnauthorizedAccessException => new(ExitCodes.Usage, $"error: {fault.Message}"),
            _ => new(ExitCodes.Environment, $"This is a defect of remediator itself; please report it with the lines below.\n{fault}"),
        };

    private static string Advice(string code) => code switch
    {
        "ExpiredToken" or "ExpiredTokenException" or "RequestExpired" => $"The credentials have ended. {Credentials}",
        "UnrecognizedClientException" or "InvalidClientTokenId" or "InvalidSignatureException" or "SignatureDoesNotMatch" =>
            $"AWS does not take the credentials. {Credentials}",
        _ when code.Contains("Denied", StringComparison.Ordinal) || code.Contains("Unauthorized", StringComparison.Ordinal) =>
            "These credentials may not do that. Use others, or let the deployed function do it: --function NAME.",
        _ => "Check AWS_REGION, AWS_ENDPOINT_URL and the credentials, then try again.",
    };
}

/// <summary>The command line, or a file that it names, cannot be used.</summary>
internal sealed class UsageException(string message) : Exception(message);
