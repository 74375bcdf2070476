using Microsoft.Extensions.Logging;
using Remediator.Aws;
using Remediator.Function.Logging;

namespace Remediator.Function;

/// <summary>What the environment says, read once at the start.</summary>
/// <param name="Handler">REMEDIATOR_HANDLER: which of the three handlers this process is.</param>
/// <param name="Environment">REMEDIATOR_ENVIRONMENT: the name of this deployment in metrics.</param>
/// <param name="Service">The rest, which the command line reads too.</param>
internal sealed record Settings(HandlerKind Handler, string Environment, ServiceSettings Service)
{
    private const string TracesVariable = "REMEDIATOR_TRACES";

    private static readonly Dictionary<string, bool> Traces = new() { ["off"] = false, ["xray"] = true };

    internal const string RuntimeApiVariable = "AWS_LAMBDA_RUNTIME_API";
    internal const string LogLevelVariable = "REMEDIATOR_LOG_LEVEL";
    internal const string EnvironmentVariable = "REMEDIATOR_ENVIRONMENT";
    internal const string DefaultEnvironment = "default";

    /// <summary>REMEDIATOR_TRACES: whether spans go to X-Ray's daemon.</summary>
    public bool IsTraced { get; init; }

    /// <exception cref="SettingsException">Something is missing or not valid; the message names all of it.</exception>
    public static Settings Read(Func<string, string?> environment)
    {
        var reader = new SettingsReader(environment);
        var settings = new Settings(
            reader.Choice("REMEDIATOR_HANDLER", HandlerKinds.ByName),
            reader.Optional(EnvironmentVariable) ?? DefaultEnvironment,
            ServiceSettings.Read(reader, AppContext.BaseDirectory))
        {
            IsTraced = reader.Optional(TracesVariable, Traces, otherwise: false),
        };
        reader.Optional(LogLevelVariable, LogLevels.ByName, LogLevel.Information);
        reader.ThrowIfAnyProblem();
        return settings;
    }
}
