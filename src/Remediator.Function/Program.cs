using Remediator.Function;

NativeHeap.ReturnLargeBlocks();
return await Host.RunAsync(http: null, CancellationToken.None);
