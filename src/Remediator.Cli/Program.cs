using Remediator.Cli;

var outside = new Outside(Console.In, Console.Out, Console.Error, Environment.GetEnvironmentVariable, TimeProvider.System)
{
    IsOutTerminal = !Console.IsOutputRedirected,
    IsErrorTerminal = !Console.IsErrorRedirected,
    IsInTerminal = !Console.IsInputRedirected,
    Width = Console.IsOutputRedirected || Console.WindowWidth < 1 ? null : Console.WindowWidth,
};
return await Application.RunAsync(args, outside, CancellationToken.None);
