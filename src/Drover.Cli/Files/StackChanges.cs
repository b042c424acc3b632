using System.Text.Json.Nodes;
using Drover.Compose;
using Drover.Model.Stacks;

namespace Drover.Cli.Files;

/// <summary>What becomes of a stack's services when its files become others. The scale is no change: it stays as it is on the server.</summary>
/// <param name="Changed">Those that are there and are described otherwise.</param>
/// <param name="New">Those that are not there yet.</param>
/// <param name="Same">Those that are there as they are described.</param>
/// <param name="Gone">Names of those that are there and in no file any more; they are left alone.</param>
/// <param name="IsNothing">True where the files mean what the stack's own say.</param>
internal sealed record StackChanges(
    IReadOnlyList<ComposedService> Changed, IReadOnlyList<ComposedService> New, IReadOnlyList<ComposedService> Same, IReadOnlyList<string> Gone, bool IsNothing)
{
    /// <summary>Compares. A service that is there while the stack's own files do not describe it counts as changed.</summary>
    /// <param name="stack">The stack as it is.</param>
    /// <param name="there">The names of its services.</param>
    /// <param name="files">The files it is to have, checked.</param>
    public static StackChanges Of(Stack stack, IReadOnlyCollection<string> there, StackFiles files)
    {
        var answers = stack.Environment.Items.ToDictionary(answer => answer.Key, answer => answer.Value, StringComparer.Ordinal);
        var before = Read(stack.DockerCompose, stack.RancherCompose, answers);
        var after = Read(files.DockerCompose, files.RancherCompose, files.Answers.Count > 0 ? files.Answers : answers)
            ?? throw new UsageException("the files need answers that are not given");
        var known = before?.Services.ToDictionary(service => service.Name, StringComparer.OrdinalIgnoreCase) ?? [];
        var names = there.ToHashSet(StringComparer.OrdinalIgnoreCase);
        bool IsSame(ComposedService service) => known.TryGetValue(service.Name, out var old) && JsonNode.DeepEquals(Described(old), Described(service));
        var ofThere = after.Services.Where(service => names.Contains(service.Name)).ToLookup(IsSame);
        var isNothing = before is not null && before.Services.Count == after.Services.Count
            && after.Services.All(service => IsSame(service) && known[service.Name].Links.SequenceEqual(service.Links))
            && before.VolumeTemplates.SequenceEqual(after.VolumeTemplates, JsonEquality);
        return new StackChanges(
            [.. ofThere[false]],
            [.. after.Services.Where(service => !names.Contains(service.Name))],
            [.. ofThere[true]],
            [.. names.Except(after.Services.Select(service => service.Name), StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)],
            isNothing);
    }

    private static readonly EqualityComparer<JsonObject> JsonEquality = EqualityComparer<JsonObject>.Create((one, other) => JsonNode.DeepEquals(one, other));

    private static ComposeModel? Read(string? docker, string? rancher, IReadOnlyDictionary<string, string> answers)
        => string.IsNullOrEmpty(docker) ? null : ComposeReader.Read(ComposeFiles.Of(docker, rancher), answers).Model;

    private static JsonObject Described(ComposedService service)
    {
        var body = (JsonObject)service.Body.DeepClone();
        body.Remove("scale");
        body["kind"] = service.Kind;
        return body;
    }
}
