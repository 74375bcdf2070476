using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Identity;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace Remediator.Aws.Sdk;

/// <summary>Signs with SigV4, except for operations that are called without credentials.</summary>
internal sealed class AuthHandler : BaseAuthResolverHandler
{
    private static readonly ExactSigner Signer = new();

    protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) =>
        ((ServiceCall)executionContext.RequestContext.OriginalRequest).Operation.IsSigned
            ? AuthSchemeOption.DEFAULT_SIGV4
            : AuthSchemeOption.DEFAULT_NOAUTH;

    protected override ISigner GetSigner(IAuthScheme<BaseIdentity> scheme) =>
        scheme is AwsV4AuthScheme ? Signer : base.GetSigner(scheme);
}
