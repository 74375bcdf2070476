"""Roles. Their documents are URL-encoded, as in IAM's own responses."""

from urllib.parse import quote

from items.shape import Described, camel, only, pairs_of, tags_of
from rule import Place
from wire import Refused


def role(place: Place, identifier: str) -> Described:
    """Found by its unique id, which Config uses, or by its name."""
    roles = place.every("iam:ListRoles", {}, "Roles")
    name = next((each["RoleName"] for each in roles if identifier in (each["RoleId"], each["RoleName"])), None)
    if name is None:
        raise Refused("ResourceNotFound", f"There is no role {identifier} in {place.account}.")
    by_name = {"RoleName": name}
    given, found = place.ask("iam:GetRole", by_name)["Role"], camel(place, "iam:GetRole", by_name)["role"]
    tags = tags_of(given.get("Tags"))
    configuration = {
        **only(found, "path roleName roleId arn createDate"),
        "assumeRolePolicyDocument": _encoded(given["AssumeRolePolicyDocument"]),
        "instanceProfileList": [_profile(each) for each in camel(place, "iam:ListInstanceProfilesForRole", by_name)["instanceProfiles"]],
        "rolePolicyList": [_policy(place, name, each) for each in place.every("iam:ListRolePolicies", by_name, "PolicyNames")],
        "attachedManagedPolicies": [
            {"policyName": each["PolicyName"], "policyArn": each["PolicyArn"]}
            for each in place.every("iam:ListAttachedRolePolicies", by_name, "AttachedPolicies")],
        **only(found, "permissionsBoundary"),
        "tags": pairs_of(tags),
    }
    return Described(found["roleId"], name, found["arn"], configuration, tags=tags, region="global", created=given["CreateDate"])


def _policy(place: Place, role_name: str, name: str) -> dict:
    document = place.ask("iam:GetRolePolicy", {"RoleName": role_name, "PolicyName": name})["PolicyDocument"]
    return {"policyName": name, "policyDocument": _encoded(document)}


def _profile(profile: dict) -> dict:
    inside = [
        {**only(each, "path roleName roleId arn createDate"), "assumeRolePolicyDocument": _encoded(each["assumeRolePolicyDocument"])}
        for each in profile["roles"]]
    return {**only(profile, "path instanceProfileName instanceProfileId arn createDate"), "roles": inside}


def _encoded(document: str) -> str:
    return document if document.startswith("%") else quote(document, safe="")
