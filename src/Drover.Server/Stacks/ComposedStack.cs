using System.Text.Json;
using System.Text.Json.Nodes;
using Drover.Compose;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Model.Volumes;
using Drover.Server.Agents;
using Drover.Server.Api.Binding;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Views;
using Drover.Server.Environments;
using Drover.Server.Services;
using Drover.Store;
using ServiceLinks = Drover.Server.Services.ServiceLinks;

namespace Drover.Server.Stacks;

/// <summary>Makes the services and volume templates that compose files describe, all in the write that makes the stack.</summary>
internal sealed class ComposedStack(RoleCatalogs catalogs)
{
    /// <summary>Creates everything or throws a problem that names the service.</summary>
    public void Create(WriteTx tx, Stack stack, ComposeModel model, Caller caller)
    {
        var shapes = catalogs.Of(caller.Role);
        var there = tx.View.By<VolumeTemplate>("stackId", stack.Id).Select(t => t.Wanted.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var template in model.VolumeTemplates.Where(t => !there.Contains(t["name"]?.GetValue<string>())))
        {
            var bound = (VolumeTemplate)Bind(tx, shapes, "volumeTemplate", With(template, "stackId", stack), stack);
            tx.Create(bound with { AccountId = stack.AccountId, StackId = stack.Id });
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var created = new List<Service>();
        foreach (var composed in model.Services) created.Add(Create(tx, shapes, stack, composed, names, caller));
        foreach (var service in created)
            if (ServiceLinks.Resolved(tx.View, service) is var resolved && resolved != service)
                tx.Put(resolved);
    }

    private static Service Create(WriteTx tx, RoleCatalog shapes, Stack stack, ComposedService composed, HashSet<string> names, Caller caller)
    {
        var service = Bound(tx, shapes, stack, composed);
        if (ServiceRules.Names(service).FirstOrDefault(name => !names.Add(name)) is { } twice) throw Wrong(composed, $"the name {twice} is used twice");
        foreach (var problem in ServiceRules.CheckNew(tx.View, service)) throw Wrong(composed, $"{problem.Field}: {problem.Message ?? problem.Code}");
        CheckCaller(tx.View, composed, service, caller);
        return tx.Create(service, ServiceRules.FirstSeen);
    }

    /// <summary>Throws a problem that names the service where its containers would have or reach more than the caller.</summary>
    public static void CheckCaller(Snapshot view, ComposedService composed, Service service, Caller caller)
    {
        if ((ContainerRole.Check(view, service, caller) ?? PlatformGuard.Check(view, service, caller)) is { } refused) throw new ProblemException(refused with { Message = $"{composed.Name}: {refused.Message}" });
    }

    /// <summary>The service as the files want it, not yet made.</summary>
    public Service Bound(WriteTx tx, Stack stack, ComposedService composed, Caller caller) => Bound(tx, catalogs.Of(caller.Role), stack, composed);

    private static Service Bound(WriteTx tx, RoleCatalog shapes, Stack stack, ComposedService composed)
    {
        if (shapes.FindShape(composed.Kind) is null) throw Wrong(composed, $"services of the type {composed.Kind} are not known to this server");
        var (body, missing) = composed.WithIds(reference => IdOf(tx.View, stack, reference));
        if (missing.Count > 0) throw Wrong(composed, $"there is no {missing[0].Kind} {missing[0].Name}");
        if (Bind(tx, shapes, composed.Kind, With(body, "stackId", stack), stack) is not Service bound) throw Wrong(composed, $"services of the type {composed.Kind} are not known to this server");
        return ServiceRules.Completed(bound with
        {
            AccountId = stack.AccountId,
            StackId = stack.Id,
            System = stack.System,
            StartOnCreate = stack.StartOnCreate == true || bound.StartOnCreate == true,
            OpenLinks = OpenLinks(composed),
        });
    }

    private static Resource Bind(WriteTx tx, RoleCatalog shapes, string kind, JsonObject body, Stack stack)
    {
        using var document = JsonDocument.Parse(body.ToJsonString());
        var coercion = new Coercion(shapes, (target, id) => Resolve(tx.View, stack, target, id));
        var shape = shapes.FindShape(kind) ?? throw new ProblemException(new Problem("InvalidOption", "dockerCompose", $"{kind} is not known to this server"));
        return (Resource)RecordBinder.Create(shape, Body.From(document.RootElement.Clone(), []), coercion);
    }

    private static long? Resolve(Snapshot view, Stack stack, string kind, string id)
        => ResourceId.TryParse(id, out var number) && Catalog.All.FindKind(kind) is { } target
            && view.Find(target.Family, number) is { IsRemoved: false } found && (found.Wanted.AccountId is null || found.Wanted.AccountId == stack.AccountId)
            ? number
            : null;

    private static string? IdOf(Snapshot view, Stack stack, ComposeReference reference)
    {
        if (reference.Kind != "service") return null;
        var from = new Service { AccountId = stack.AccountId, StackId = stack.Id };
        return ServiceLinks.Find(view, from, reference.Stack is null ? reference.Name : $"{reference.Stack}/{reference.Name}") is { } found ? ResourceId.Format(found.Kind, found.Id) : null;
    }

    private static EquatableMap<string> OpenLinks(ComposedService composed)
        => composed.Links.Count == 0 ? default
            : new EquatableMap<string>(composed.Links
                .GroupBy(link => link.Alias.ToLowerInvariant(), StringComparer.Ordinal)
                .Select(group => KeyValuePair.Create(group.Key, group.Last() is { Stack: { } other } link ? $"{other}/{link.Service}" : group.Last().Service)));

    private static JsonObject With(JsonObject body, string name, Stack stack)
    {
        var copy = (JsonObject)body.DeepClone();
        copy[name] = ResourceId.Format(Catalog.All.Of<Stack>(), stack.Id);
        return copy;
    }

    /// <summary>A problem that names the service.</summary>
    public static ProblemException Wrong(ComposedService composed, string message)
        => new(new Problem("InvalidFormat", "dockerCompose", $"{composed.Name}: {message}"));
}
