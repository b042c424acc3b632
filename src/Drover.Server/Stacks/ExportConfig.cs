using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Drover.Compose;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Model.Volumes;
using Drover.Server.Api.Seams;
using Drover.Server.Api.Views;
using Drover.Server.Services;
using Drover.Store;

namespace Drover.Server.Stacks;

/// <summary>`exportconfig`: the stack as compose files (SVC-06).</summary>
internal sealed class ExportConfig : IKindAction
{
    public string Kind => "stack";

    public string Action => "exportconfig";

    public Task<ActionOutcome> RunAsync(ActionCall call, CancellationToken cancel)
    {
        var (view, shapes) = (call.Call.Snapshot, call.Call.Catalog);
        var only = (call.Input as ComposeConfigInput)?.ServiceIds.Items ?? [];
        var services = AnyService.InStack(view, call.Target.Id)
            .Where(s => !s.IsRemoved && !s.Wanted.RemoveRequested && (only.IsEmpty || only.Contains(s.Id)))
            .Select(s => Composed(view, shapes, s))
            .ToList();
        var templates = view.By<VolumeTemplate>("stackId", call.Target.Id).Where(t => !t.IsRemoved).Select(t => Body(shapes, t)).ToList();
        var texts = ComposeWriter.Write(services, templates);
        var config = new ComposeConfig { DockerComposeConfig = texts.DockerCompose, RancherComposeConfig = texts.RancherCompose };
        return Task.FromResult(ActionOutcome.Of("composeConfig", config));
    }

    private static ComposedService Composed(Snapshot view, RoleCatalog shapes, Entry entry)
    {
        var service = (Service)entry.Wanted;
        var body = Body(shapes, entry);
        var links = service.Links.Items.Select(link => Link(view, service, link.Key, link.Value)).OfType<Drover.Compose.ServiceLink>()
            .Concat(service.OpenLinks.Items.Select(link => Open(link.Key, link.Value)))
            .ToList();
        return new ComposedService(entry.Kind.Name, service.Name!, body, links, [.. ComposeReference.In(body).Select(at => Named(view, service, at))], []);
    }

    /// <summary>The place with the name of what its id leads to; one that leads nowhere keeps the id.</summary>
    private static ComposeReference Named(Snapshot view, Service from, ComposeReference at)
    {
        if (!ResourceId.TryParse(at.Name, out var id)) return at;
        if (at.Kind == "service")
            return Link(view, from, "", id) is { } link ? at with { Stack = link.Stack, Name = link.Service } : at;
        return view.Find(at.Kind, id)?.Wanted.Name is { } name ? at with { Name = name } : at;
    }

    private static Drover.Compose.ServiceLink? Link(Snapshot view, Service from, string alias, long id)
    {
        if (AnyService.Find(view, id)?.Wanted is not Service target) return null;
        return new Drover.Compose.ServiceLink(target.StackId == from.StackId ? null : view.Get<Stack>(target.StackId)?.Name, target.Name!, alias);
    }

    private static Drover.Compose.ServiceLink Open(string alias, string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new Drover.Compose.ServiceLink(null, name, alias) : new Drover.Compose.ServiceLink(name[..slash], name[(slash + 1)..], alias);
    }

    private static JsonObject Body(RoleCatalog shapes, Entry entry)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var field in shapes.Find(entry.Kind)?.Fields ?? [])
            {
                if (field.Field.Side != Side.Wanted || entry.Value(field.Field) is not { } value) continue;
                json.WritePropertyName(field.Name);
                field.Writer.Write(json, value);
            }

            json.WriteEndObject();
        }

        return (JsonObject)JsonNode.Parse(buffer.WrittenSpan)!;
    }
}
