using System.Globalization;
using System.Text.Json;
using Remediator.Values;

namespace Remediator.Testing.Fakes;

/// <summary>
/// Resources of Cloud Control: an update is a patch of the readable model, is made when its progress is last read, and loses write-only
/// members.
/// </summary>
internal sealed class FakeCloudControl
{
    private readonly Dictionary<(string Type, string Id), Resource> _resources = [];
    private readonly Dictionary<string, (string Token, string Patch)> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Request> _requests = new(StringComparer.Ordinal);

    public FakeCloudControl(FakeAws aws)
    {
        aws.On("cloudcontrol:GetResource", input => Described(Find("cloudcontrol:GetResource", input)));
        aws.On("cloudcontrol:UpdateResource", Update);
        aws.On("cloudcontrol:GetResourceRequestStatus", Look);
    }

    /// <summary>The inputs of all updates, in order.</summary>
    public List<JsonElement> Updates { get; } = [];

    /// <summary>Adds a resource: <c>type</c>, <c>identifier</c>, <c>model</c>, and its known faults.</summary>
    public void Put(JsonElement told)
    {
        var key = (told.TextOf("type")!, told.TextOf("identifier")!);
        _resources[key] = new(key.Item2, told.Member("model").Clone())
        {
            Stays = Texts(told, "stays"),
            WriteOnly = Texts(told, "writeOnly"),
            Ends = new(Texts(told, "ends")),
            Refuses = new(Texts(told, "refuses")),
            Looks = told.Member("looks") is { ValueKind: JsonValueKind.Number } looks ? looks.GetInt32() : 0,
        };
    }

    public JsonElement ModelOf(string type, string identifier) => _resources[(type, identifier)].Model;

    private static string[] Texts(JsonElement told, string name) =>
        told.Member(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(t => t.GetString()!)] : [];

    private Resource Find(string operation, JsonElement input) =>
        _resources.TryGetValue((input.TextOf("TypeName")!, input.TextOf("Identifier")!), out var found)
            ? found
            : throw FakeAws.Error(operation, "ResourceNotFoundException", 400);

    private static JsonElement Described(Resource resource) => Json.Object([new("ResourceDescription", Json.Object(
    [
        new("Identifier", Json.Text(resource.Id)),
        new("Properties", Json.Text(resource.Read.GetRawText())),
    ]))]);

    private JsonElement Update(JsonElement input)
    {
        var (token, patch) = (input.TextOf("ClientToken")!, input.TextOf("PatchDocument")!);
        if (_tokens.TryGetValue(token, out var earlier))
        {
            return earlier.Patch == patch
                ? Event(earlier.Token)
                : throw FakeAws.Error("cloudcontrol:UpdateResource", "ClientTokenConflictException", 400);
        }

        var resource = Find("cloudcontrol:UpdateResource", input);
        if (resource.Refuses.TryDequeue(out var code))
        {
            throw FakeAws.Error("cloudcontrol:UpdateResource", code, 400);
        }

        if (_requests.Values.Any(r => r.Resource == resource && r.IsRunning))
        {
            throw FakeAws.Error("cloudcontrol:UpdateResource", "ConcurrentOperationException", 400);
        }

        Updates.Add(input.Clone());
        var request = string.Create(CultureInfo.InvariantCulture, $"request-{_requests.Count + 1}");
        _tokens[token] = (request, patch);
        _requests[request] = new(resource, Json.Parse(patch)) { Left = resource.Looks };
        return Event(request);
    }

    private JsonElement Look(JsonElement input)
    {
        var token = input.TextOf("RequestToken")!;
        var request = _requests.GetValueOrDefault(token)
            ?? throw FakeAws.Error("cloudcontrol:GetResourceRequestStatus", "RequestTokenNotFoundException", 400);
        if (request.IsRunning && request.Left-- <= 0)
        {
            request.IsRunning = false;
            request.Error = request.Resource.Ends.TryDequeue(out var code) ? code : null;
            if (request.Error is null)
            {
                request.Resource.Patch(request.Document);
            }
        }

        return Event(token);
    }

    private JsonElement Event(string token)
    {
        var request = _requests[token];
        var progress = new List<KeyValuePair<string, JsonElement>>
        {
            new("RequestToken", Json.Text(token)),
            new("OperationStatus", Json.Text(request.IsRunning ? "IN_PROGRESS" : request.Error is null ? "SUCCESS" : "FAILED")),
        };
        if (request.Error is { } code)
        {
            progress.Add(new("ErrorCode", Json.Text(code)));
            progress.Add(new("StatusMessage", Json.Text($"the handler says {code}")));
        }

        return Json.Object([new("ProgressEvent", Json.Object(progress))]);
    }

    private sealed class Request(Resource resource, JsonElement document)
    {
        public Resource Resource { get; } = resource;

        public JsonElement Document { get; } = document;

        public bool IsRunning { get; set; } = true;

        public int Left { get; set; }

        public string? Error { get; set; }
    }

    private sealed class Resource(string id, JsonElement model)
    {
        public string Id { get; } = id;

        public JsonElement Model { get; private set; } = model;

        public required string[] Stays { get; init; }

        public required string[] WriteOnly { get; init; }

        public required Queue<string> Ends { get; init; }

        public required Queue<string> Refuses { get; init; }

        public int Looks { get; init; }

        public JsonElement Read =>
            Json.Object(Model.EnumerateObject().Where(m => !WriteOnly.Contains(m.Name)).Select(m => KeyValuePair.Create(m.Name, m.Value)));

        public void Patch(JsonElement document)
        {
            var patched = document.EnumerateArray().Aggregate(Read, PatchDocument.Apply);
            Model = Json.Object(
                patched
                    .EnumerateObject()
                    .Select(m => KeyValuePair.Create(m.Name, m.Value))
                    .Concat(
                        Stays
                            .Where(name => patched.Member(name).IsNull() && !Model.Member(name).IsNull())
                            .Select(name => KeyValuePair.Create(name, Model.Member(name)))));
        }
    }
}
