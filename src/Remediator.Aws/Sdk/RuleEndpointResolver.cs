using Remediator.Aws.Endpoints;

namespace Remediator.Aws.Sdk;

/// <summary>Endpoints by AWS's own rule sets.</summary>
internal sealed class RuleEndpointResolver : IEndpointResolver
{
    public ResolvedEndpoint Resolve(EndpointRequest request)
    {
        try
        {
            var found = EndpointResolver.Resolve(request.Service.Name, Parameters(request));
            return new(new Uri(found.Url), found.SigningRegion, found.SigningName, DoubleEncodes: !found.DisableDoubleEncoding && found.SigningName != "s3");
        }
        catch (AwsEndpointException e)
        {
            throw new EndpointException(e.Message);
        }
    }

    private static EndpointParameters Parameters(EndpointRequest request)
    {
        var parameters = new EndpointParameters();
        foreach (var (name, value) in request.Parameters)
        {
            parameters[name] = value switch
            {
                bool flag => flag,
                string[] list => list,
                _ => (string)value,
            };
        }

        parameters["Region"] = request.Region;
        parameters["UseFIPS"] = request.UseFips;
        parameters["UseDualStack"] = request.UseDualStack;
        parameters["Endpoint"] = request.Override?.AbsoluteUri.TrimEnd('/');
        return parameters;
    }
}
