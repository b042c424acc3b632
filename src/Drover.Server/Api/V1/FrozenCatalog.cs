using System.Text.Json;
using Drover.Model.Environments;
using Drover.Model.Kernel;
using Drover.Server.Api.Rendering;
using Drover.Server.Api.Views;

namespace Drover.Server.Api.V1;

/// <summary>
/// The face that v1 gives to the records of v2-beta (api-semantics.md section 13): kinds of stacks and services are v2-beta's own,
/// with a stack called environment; all others have the fields, rights and actions of the frozen schemas.
/// </summary>
internal sealed class FrozenCatalog(Catalog catalog, RoleCatalog latest, FrozenSchemas frozen)
{
    /// <summary>Types that v1 hands on to v2-beta.</summary>
    private static readonly HashSet<string> HandedOn =
        ["environment", "composeProject", "kubernetesStack", "service", "kubernetesService", "composeService", "dnsService", "loadBalancerService", "externalService"];

    /// <summary>The schemas of v1 as the rest of the API reads them.</summary>
    public RoleCatalog Build()
        => new(catalog, latest.Role, [.. frozen.All.Select(View).OfType<KindView>()], latest.Structs, frozen);

    private KindView? View(JsonElement schema)
    {
        var name = schema.GetProperty("id").GetString()!;
        if (catalog.FindKind(name == "environment" ? "stack" : name) is not { } kind) return null;
        if (HandedOn.Contains(name)) return latest.Find(kind) is { } own ? Renamed(own, name) : null;
        var names = new KindNames(name, schema.GetProperty("pluralName").GetString()!, kind.BaseType, kind.ShortType);
        var actions = schema.GetProperty("resourceActions").EnumerateObject().Select(a => a.Name).ToHashSet(StringComparer.Ordinal);
        var known = latest.Find(kind)?.Actions.Values.Where(action => actions.Contains(action.Name)) ?? [];
        var view = new KindView(kind, names, Methods(schema), Holds(schema, "collectionMethods", "GET"), known);
        view.Fill(schema.GetProperty("resourceFields").EnumerateObject().Select(field => FieldOf(kind, field)).OrderBy(field => field.Name, StringComparer.Ordinal));
        view.Links = [.. Links(kind, schema)];
        return view;
    }

    private KindView Renamed(KindView own, string name)
    {
        var kind = own.Kind;
        var isStack = name == "environment";
        var names = isStack ? new KindNames(name, "environments", name, "e") : own.Names;
        var view = new KindView(kind, names with { Listed = "environment" }, own.Methods, own.MayList, own.Actions.Values);
        var isService = kind.Family == "service";
        view.Fill(isService ? own.Fields.Append(EnvironmentOf(own)).OrderBy(field => field.Name, StringComparer.Ordinal)
            : own.Fields.Where(field => field.Name != "serviceIds").Select(field => isStack && field.Name == "kind" ? Always(field, name) : field));
        view.Links = [.. own.Links.Where(link => frozen.Find(OldName(link.Target)) is not null).Select(Renamed)];
        return view;
    }

    private static string OldName(Kind kind) => kind.Name == "stack" ? "environment" : kind.Name;

    private static FieldView Always(FieldView field, string value) => new(field.Field, field.Access, field.Writer) { Value = _ => value };

    /// <summary>`environmentId` of services: the stack under its old name.</summary>
    private FieldView EnvironmentOf(KindView own)
        => new(Field.Absent("environmentId", "reference[environment]"), Access.Read, Writer("reference[environment]")) { Value = entry => entry.Value(entry.Kind["stackId"]) };

    private static LinkView Renamed(LinkView link) => link.Name switch
    {
        "stack" => new LinkView("environment", link.Kind, link.Target, link.Field, link.Paged),
        "stacks" => new LinkView("environments", link.Kind, link.Target, link.Field, link.Paged),
        _ => link,
    };

    private IEnumerable<LinkView> Links(Kind kind, JsonElement schema)
    {
        var shown = schema.GetProperty("includeableLinks").EnumerateArray().Select(l => l.GetString()!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return latest.Find(kind)?.Links.Select(Renamed).Where(link => shown.Contains(link.Name)) ?? [];
    }

    private FieldView FieldOf(Kind kind, JsonProperty declared)
    {
        var schema = declared.Value;
        var access = Access.Read
            | (schema.GetProperty("create").GetBoolean() ? Access.Create : 0)
            | (schema.GetProperty("update").GetBoolean() ? Access.Update : 0)
            | (schema.GetProperty("readOnCreateOnly").GetBoolean() ? Access.Once : 0);
        var type = schema.GetProperty("type").GetString()!;
        var field = kind.Find(declared.Name) ?? Field.Absent(declared.Name, type, !schema.TryGetProperty("nullable", out _));
        return new FieldView(field, access, Writer(field.Type.ToString())) { Value = OldFlag(kind, declared.Name) };
    }

    /// <summary>What 1.6's v1 says of an environment's orchestrator by a flag each.</summary>
    private static Func<Entry, object?>? OldFlag(Kind kind, string field)
        => kind.Name == "project" && field is "kubernetes" or "mesos" or "swarm" ? entry => ((Project)entry.Wanted).Orchestration == field : null;

    private ValueWriter Writer(string type) => ValueWriter.For(WireType.Parse(type), catalog, latest.FindShape);

    private static string Methods(JsonElement schema)
        => string.Concat(
            Holds(schema, "collectionMethods", "POST") ? "c" : "",
            Holds(schema, "resourceMethods", "GET") ? "r" : "",
            Holds(schema, "resourceMethods", "PUT") ? "u" : "",
            Holds(schema, "resourceMethods", "DELETE") ? "d" : "");

    private static bool Holds(JsonElement schema, string list, string method)
        => schema.GetProperty(list).EnumerateArray().Any(m => m.GetString() == method);
}
