using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace Remediator.Aws.Sdk;

/// <summary>Signs with SigV4, save for the operations that are called without credentials.</summary>
internal sealed class AuthHandler : BaseAuthResolverHandler
{
    protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) =>
        ((ServiceCall)executionContext.RequestContext.OriginalRequest).Operation.IsSigned
            ? AuthSchemeOption.DEFAULT_SIGV4
            : AuthSchemeOption.DEFAULT_NOAUTH;
}
