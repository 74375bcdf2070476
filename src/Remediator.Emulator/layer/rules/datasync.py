"""AWS DataSync."""

from rule import SHAPE, Call, rule

OTHER_ACCOUNT = "111222333444"


@rule("datasync:CreateTask", kind=SHAPE, source="https://docs.aws.amazon.com/datasync/latest/userguide/API_CreateTask.html")
def tasks_belong_to_the_account(call: Call) -> dict:
    """The ARN of a task contains the task's account."""
    output = call.go_on()
    tasks = call.backend("datasync").tasks
    task = tasks.pop(output["TaskArn"])
    task.arn = task.arn.replace(f":{OTHER_ACCOUNT}:", f":{call.account}:")
    tasks[task.arn] = task
    return {"TaskArn": task.arn}
