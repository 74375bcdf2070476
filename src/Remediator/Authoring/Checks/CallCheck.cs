using Remediator.Aws.Models;
using Remediator.Change;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>Checks the operations and inputs of a playbook's calls against the API models.</summary>
internal static class CallCheck
{
    private static readonly string[] Reading = ["Get", "List", "Describe", "Head", "BatchGet", "Lookup", "Search", "Select", "Detect"];

    public static IEnumerable<Problem> Of(CheckedPlaybook playbook) => playbook.Sites.SelectMany(site => Of(site, playbook.Scopes));

    private static IEnumerable<Problem> Of(CallSite site, ScopeTypes scopes)
    {
        var call = site.Call;
        if (ModelCatalog.Find(call.Operation) is not { } operation)
        {
            return call.Operation.Length > 0 ? [Unknown(call)] : [];
        }

        var input = operation.Input is { } shape ? new InferredType.Of(shape) : (InferredType)InferredType.FieldsOf();
        var problems = new TemplateCheck(call.Operation, scopes.Of(site)).Input(call, input);
        return site.Changes || Reading.Any(verb => operation.Name.StartsWith(verb, StringComparison.Ordinal))
            ? problems
            : problems.Append(
                new(
                    "PB027",
                    call.At,
                    $"'{call.Operation}' changes something: {Word(site.Part)} must only read, for nobody has given leave to change yet"));
    }

    private static Problem Unknown(Call call)
    {
        var service = call.Operation.Split(':')[0];
        if (ModelCatalog.Service(service) is null)
        {
            var services = ModelCatalog.Services.Select(s => s + call.Operation[service.Length..]).ToArray();
            return new(
                "PB020", call.At, $"'{service}' is not a service that has an API model{Nearest.Hint(call.Operation, services)}; {Remedy}");
        }

        string[] operations = [.. ModelCatalog.Operations(service).Select(o => $"{service}:{o}")];
        return new(
            "PB020",
            call.At,
            $"'{call.Operation}' is not an operation in the API models{Nearest.Hint(call.Operation, operations)}; {Remedy}");
    }

    private const string Remedy = "one that AWS has is added by tools/trim-models";

    private static string Word(Part part) => $"'{part.ToString().ToLowerInvariant()}'";
}
