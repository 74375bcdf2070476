"""AWS Fault Injection Service."""

from rule import ACCEPTS, Call, rule
from wire import Refused


@rule("fis:GetExperimentTemplate", kind=ACCEPTS, source="https://docs.aws.amazon.com/fis/latest/APIReference/API_GetExperimentTemplate.html")
def templates_can_be_read(call: Call) -> dict:
    """An experiment template can be read by its id; moto lacks the operation."""
    backend = call.backend("fis")
    template = backend.experiment_templates.get(call.input["id"])
    if template is None:
        raise Refused("ResourceNotFoundException", f"Experiment template {call.input['id']} not found.")
    return {"experimentTemplate": template.to_dict(backend.list_tags_for_resource(template.arn))}
