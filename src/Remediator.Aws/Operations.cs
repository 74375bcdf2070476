using Remediator.Aws.Models;

namespace Remediator.Aws;

/// <summary>Finds the operation that a call names.</summary>
internal static class Operations
{
    /// <exception cref="AwsInputException">There is no such operation, or this client cannot call it.</exception>
    public static OperationModel Find(string operation, Func<string, ServiceModel?> models)
    {
        var colon = operation.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            throw new AwsInputException(operation, "", "is no operation: one is named as service:Operation.");
        }

        var (service, name) = (operation[..colon], operation[(colon + 1)..]);
        var model = models(service) ?? throw Unknown(
            operation, $"There is no model of the service '{service}'", service, ModelCatalog.Services);
        var found = model.Operation(name) ?? throw Unknown(
            operation, $"The model of {service} has no operation '{name}'", name, model.Operations);
        return Callable(found);
    }

    private static OperationModel Callable(OperationModel operation)
    {
        if (operation.Input is { HasEventStream: true } || operation.Output is { HasEventStream: true })
        {
            throw new AwsInputException(operation.FullName, "", "speaks in an event stream, which is not supported.");
        }

        return operation.CompressesRequest
            ? throw new AwsInputException(operation.FullName, "", "wants its request compressed, which is not supported.")
            : operation;
    }

    private static AwsInputException Unknown(string operation, string problem, string name, IEnumerable<string> known)
    {
        var nearest = NearestName.Of(name, known);
        return new AwsInputException(operation, "", nearest is null ? $"{problem}." : $"{problem}; did you mean {nearest}?");
    }
}
