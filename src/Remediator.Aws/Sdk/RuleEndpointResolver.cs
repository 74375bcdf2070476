using Remediator.Aws.Endpoints;

namespace Remediator.Aws.Sdk;

/// <summary>Endpoints by AWS's own rule sets.</summary>
internal sealed class RuleEndpointResolver : IEndpointResolver
{
    public ResolvedEndpoint Resolve(EndpointRequest request)
    {
        var found = EndpointResolver.Resolve(request.Service.Name, Parameters(request));
        if (found.AuthScheme is not (null or "sigv4" or "sigv4-s3express"))
        {
            throw new AwsEndpointException(request.Service.Name, $"it is signed by '{found.AuthScheme}', which is not supported.");
        }

        return new(new Uri(found.Url), found.SigningRegion, found.SigningName, !found.DisableDoubleEncoding && found.SigningName != "s3");
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
