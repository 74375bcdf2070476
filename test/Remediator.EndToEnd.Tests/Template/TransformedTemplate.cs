using System.Text.Json;
using Remediator.Emulator;
using Remediator.Playbooks;

namespace Remediator.EndToEnd.Tests.Template;

/// <summary>The template as CloudFormation gets it, after AWS's own transform.</summary>
public sealed class TransformedTemplate : IAsyncLifetime
{
    private JsonElement template;

    internal string Python { get; private set; } = "";

    internal JsonElement Parameters => template.GetProperty(nameof(Parameters));

    internal JsonElement Resources => template.GetProperty(nameof(Resources));

    public async Task InitializeAsync()
    {
        Python = await Remediator.Emulator.Python.FindAsync(CancellationToken.None);
        string[] arguments = [Repository.At("tools", "transform_template.py"), Repository.At("template.yaml")];
        template = JsonElement.Parse(await Remediator.Emulator.Python.RunAsync(Python, arguments, progress: null, CancellationToken.None));
    }

    /// <summary>The same with other parameters.</summary>
    internal async Task<JsonElement> WithAsync(string file, params string[] parameters)
    {
        string[] arguments =
        [
            Repository.At("tools", "transform_template.py"),
            Repository.At(file.Split('/')),
            .. parameters.SelectMany(p => new[] { "--parameter", p }),
        ];
        return JsonElement
            .Parse(await Remediator.Emulator.Python.RunAsync(Python, arguments, progress: null, CancellationToken.None))
            .GetProperty(nameof(Resources));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    internal JsonElement Properties(string resource) => Resources.GetProperty(resource).GetProperty("Properties");

    internal IEnumerable<(string Name, JsonElement Properties)> OfType(string type) =>
        Resources.EnumerateObject()
            .Where(resource => resource.Value.GetProperty("Type").GetString() == type)
            .Select(resource => (resource.Name, resource.Value.TryGetProperty("Properties", out var properties) ? properties : default));
}
