return await Remediator.Function.Host.RunAsync(http: null, CancellationToken.None);
