using System.Text;
using Remediator.Aws.Models;

namespace Remediator.Cli.Drafts;

/// <summary>A case to begin with, beside a drafted playbook; marked like it.</summary>
internal sealed class CaseDraft(string rule, string type, DraftOperations operations)
{
    private const string Mark = PlaybookDraft.Mark;
    private const string Id = "\"case-${account.id}\"";

    public string Text()
    {
        var (create, read) = (operations.Creates.FirstOrDefault(), operations.Reads.FirstOrDefault());
        var text = new StringBuilder();
        text.AppendLine($$"""
            # A draft of a case for {{rule}}: a drifted resource, and what the playbook has to do about it. 'remediator test PLAYBOOK' runs
            # it on an emulator; every line that says {{Mark}} is to be decided. docs/playbooks.md#cases has every word.
            rule: {{rule}}

            # The calls that make the resource, drifted. ${account.id} differs from run to run. 'as' and 'take' keep a part of an output
            # under a name, for ${name} in everything below.
            seed:
              - call: {{Called(create)}}
                with: {{Input(create)}} # {{Mark}} with the setting that the rule is about
            resource: {type: {{type}}, id: {{Id}}} # {{Mark}} as AWS Config names it

            # What must be there after the fix, read apart from the playbook: 'equals' a value, or 'expect' an expression over 'result'.
            check:
              - call: {{Called(read)}}
                with: {{Input(read)}}
                take: "" # {{Mark}} the setting
                equals: {{Mark}} the value that the rule asks for

            # What must be the same before, after the fix and after the undo.
            unrelated:
              - call: {{Called(read)}}
                with: {{Input(read)}}
                take: "" # {{Mark}} something else of the resource

            # undo: close # or none, where there is no exact way back; then 'because' says why
            # For an operation that the emulator lacks: a document for each account, and what each operation does to it.
            # stand-in:
            #   because: The emulator has no {{Called(read)}}.
            #   state: {Name: before}
            #   calls:
            #     {{Called(read)}}: {answer: "{Things: [state]}"}
            #     {{Called(operations.Writes.FirstOrDefault())}}: {becomes: "merge(state, input)", answer: "{}"}
            """);
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string Called(OperationModel? operation) => operation?.FullName ?? Mark;

    private string Input(OperationModel? operation) =>
        operation is null || operations.Identity(operation) is not { } member ? Mark
        : member.Shape.Type is ShapeType.List ? $"{{{member.Name}: [{Id}]}}"
        : $"{{{member.Name}: {Id}}}";
}
