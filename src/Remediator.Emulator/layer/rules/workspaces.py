"""WorkSpaces."""

from rule import ACCEPTS, Call, rule


@rule("workspaces:DeleteTags", kind=ACCEPTS, source="https://docs.aws.amazon.com/workspaces/latest/api/API_DeleteTags.html")
def tags_are_deleted(call: Call) -> dict:
    """Tags of a directory, a workspace or another resource can be deleted."""
    call.backend("workspaces").tagger.untag_resource_using_names(call.input["ResourceId"], call.input["TagKeys"])
    return {}
