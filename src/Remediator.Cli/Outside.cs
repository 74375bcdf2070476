using Microsoft.Extensions.Logging.Abstractions;
using Remediator.Aws;

namespace Remediator.Cli;

/// <summary>Everything the command touches beyond its own memory, so that tests can bring their own.</summary>
internal sealed record Outside(TextReader In, TextWriter Out, TextWriter Error, Func<string, string?> Environment, TimeProvider Clock)
{
    /// <summary>The environment itself, without what <c>remediator use</c> keeps.</summary>
    public Func<string, string?> Own { get; init; } = Environment;

    public bool IsOutTerminal { get; init; }

    public bool IsErrorTerminal { get; init; }

    /// <summary>Whether somebody can answer a question.</summary>
    public bool IsInTerminal { get; init; }

    /// <summary>How many characters a line of the terminal has; null where nobody knows.</summary>
    public int? Width { get; init; }

    /// <summary>Reaches AWS in place of what the environment says; null for that.</summary>
    public Func<ServiceSettings, Foundation>? Connection { get; init; }

    /// <summary>Posts a command to the URL of a function, in place of a signed request; null for that.</summary>
    public Func<Uri, string, CancellationToken, Task<(int Status, string Body)>>? Post { get; init; }

    /// <summary>The way to the URL of a function, signed with the credentials that the environment names.</summary>
    public Func<Uri, string, CancellationToken, Task<(int Status, string Body)>> PostIn(string region) =>
        Post ?? new SignedPost(AwsFoundation.Credentials(Environment), region, Clock).SendAsync;

    public Foundation Connect(ServiceSettings settings) =>
        Connection?.Invoke(settings) ?? AwsFoundation.Of(settings, Environment, Clock, NullLoggerFactory.Instance);
}
