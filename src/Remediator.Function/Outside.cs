namespace Remediator.Function;

/// <summary>Everything the process touches beyond its own memory, so that tests can bring their own.</summary>
/// <param name="Http">The client for the Runtime API. It must not time out by itself: waiting for work takes as long as it takes.</param>
/// <param name="Environment">Reads one environment variable.</param>
/// <param name="Output">Where log and metric lines go.</param>
/// <param name="Clock">The time.</param>
internal sealed record Outside(HttpClient Http, Func<string, string?> Environment, Stream Output, TimeProvider Clock);
