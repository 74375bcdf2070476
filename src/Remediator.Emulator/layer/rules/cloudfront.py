"""Distributions of CloudFront."""

from rule import REFUSES, Call, rule
from wire import Refused

WRITES = ("cloudfront:CreateDistribution", "cloudfront:CreateDistributionWithTags", "cloudfront:UpdateDistribution")


@rule(*WRITES, kind=REFUSES, source="https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ViewerCertificate.html")
def sni_needs_tls(call: Call) -> dict:
    """With SNI the oldest protocol is TLS 1.0."""
    certificate = _certificate(call)
    if certificate.get("SSLSupportMethod") == "sni-only" and certificate.get("MinimumProtocolVersion") == "SSLv3":
        raise Refused("InvalidArgument", "The distribution is configured for SNI and the oldest protocol is SSLv3.")
    return call.go_on()


@rule(*WRITES, kind=REFUSES, source="https://github.com/aws/aws-cdk/issues/28940")
def own_addresses_take_old_policies(call: Call) -> dict:
    """A distribution with IP addresses of its own takes the policies SSLv3 and TLSv1 only."""
    certificate = _certificate(call)
    if certificate.get("SSLSupportMethod") == "vip" and certificate.get("MinimumProtocolVersion", "TLSv1") not in {"SSLv3", "TLSv1"}:
        raise Refused("InvalidViewerCertificate", "The MinimumProtocolVersion cannot be used with the specified SSLSupportMethod.")
    return call.go_on()


def _certificate(call: Call) -> dict:
    given = call.input.get("DistributionConfigWithTags", call.input).get("DistributionConfig", {})
    return given.get("ViewerCertificate") or {}
