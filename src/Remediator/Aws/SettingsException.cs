namespace Remediator.Aws;

/// <summary>The environment does not say what the process needs; the message names everything that is wrong with it.</summary>
internal sealed class SettingsException(string message) : Exception(message);
