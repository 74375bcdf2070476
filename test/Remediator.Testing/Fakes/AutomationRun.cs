using System.Text.Json;
using Remediator.Decide;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Testing.Fakes;

/// <summary>One run of a runbook, as GetAutomationExecution reports it.</summary>
internal sealed class AutomationRun(string document, string parameters, string[] looks, Func<Task> work)
{
    private const string Failure = "Step fails when it is Execute/Cancelling action. The request was refused.";

    private static readonly string[] Good = ["Success", "CompletedWithSuccess"];

    private static readonly string[] Bad =
        ["Failed", "TimedOut", "Cancelled", "Rejected", "CompletedWithFailure", "ChangeCalendarOverrideRejected", "Exited"];

    private readonly Lazy<Task> _work = new(work);
    private int _looks;

    public string Id { get; } = Guid.NewGuid().ToString();

    public string Document => document;

    public string Parameters => parameters;

    /// <summary>The next statuses, in place of the initial ones.</summary>
    public void GoOn(params string[] statuses) => (looks, _looks) = (statuses, 0);

    /// <summary>The runbook's change is made by the time its success is seen.</summary>
    public async Task<JsonElement> LookAsync()
    {
        var status = looks[Math.Min(_looks++, looks.Length - 1)];
        if (Good.Contains(status))
        {
            await _work.Value;
        }

        return Described(status);
    }

    private JsonElement Described(string status)
    {
        var failed = Bad.Contains(status);
        var isOver = failed || Good.Contains(status);
        return Json.Write(w =>
        {
            w.WriteStartObject();
            w.WriteStartObject("AutomationExecution"u8);
            w.WriteString("AutomationExecutionId"u8, Id);
            w.WriteString("DocumentName"u8, document);
            w.WriteString("DocumentVersion"u8, "1");
            w.WriteNumber("ExecutionStartTime"u8, 1795651200.123);
            w.WriteString("AutomationExecutionStatus"u8, status);
            w.WriteStartArray("StepExecutions"u8);
            Step(w, "checkInstance", "aws:assertAwsResourceProperty", "Success", null);
            Step(
                w,
                status is "Waiting" ? "approve" : "changeSetting",
                status is "Waiting" ? "aws:approve" : "aws:executeAwsApi",
                status,
                failed ? Failure : null);
            w.WriteEndArray();
            w.WriteBoolean("StepExecutionsTruncated"u8, false);
            w.WritePropertyName("Parameters"u8);
            w.WriteRawValue(parameters);
            w.WriteStartObject("Outputs"u8);
            w.WriteEndObject();
            w.WriteString("Mode"u8, "Auto");
            w.WriteString("ExecutedBy"u8, "arn:aws:sts::123456789012:assumed-role/Remediator/remediator");
            if (isOver)
            {
                w.WriteNumber("ExecutionEndTime"u8, 1795651260.456);
            }
            else
            {
                w.WriteString("CurrentStepName"u8, status is "Waiting" ? "approve" : "changeSetting");
            }

            if (failed)
            {
                w.WriteString("FailureMessage"u8, Failure);
            }

            w.WriteEndObject();
            w.WriteEndObject();
        });
    }

    private static void Step(Utf8JsonWriter w, string name, string action, string status, string? failure)
    {
        w.WriteStartObject();
        w.WriteString("StepName"u8, name);
        w.WriteString("Action"u8, action);
        w.WriteString("StepStatus"u8, status);
        w.WriteString("StepExecutionId"u8, $"{name}-1");
        if (failure is not null)
        {
            w.WriteString("FailureMessage"u8, failure);
            w.WriteStartObject("FailureDetails"u8);
            w.WriteString("FailureStage"u8, "Invocation");
            w.WriteString("FailureType"u8, "InvocationFailure");
            w.WriteEndObject();
        }

        w.WriteEndObject();
    }
}
