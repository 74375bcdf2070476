using Remediator.Cli;

var outside = new Outside(Console.In, Console.Out, Console.Error, Environment.GetEnvironmentVariable, TimeProvider.System)
{
    IsOutTerminal = !Console.IsOutputRedirected,
    IsErrorTerminal = !Console.IsErrorRedirected,
};
return await Application.RunAsync(args, outside, CancellationToken.None);
