using Drover.Model.Audit;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;

namespace Drover.Server.Audit;

/// <summary>The id of the audited object as the wire shows it.</summary>
public sealed class AuditResourceId : IViewField, IExtraLinks
{
    public string Kind => "auditLog";

    public string Field => "resourceId";

    public object? Value(ApiCall call, Entry entry) => IdOf((AuditLog)entry.Wanted);

    public IEnumerable<(string Name, string Url)> Links(ApiCall call, Entry entry)
    {
        var row = (AuditLog)entry.Wanted;
        if (IdOf(row) is { } id && call.Catalog.FindByWord(row.ResourceType!) is { } view) yield return ("resource", call.Urls.Self(view, id));
    }

    private static string? IdOf(AuditLog row)
        => row is { ResourceId: { } id, ResourceType: { } type } && Catalog.All.FindKind(type) is { } kind ? ResourceId.Format(kind, id) : null;
}

/// <summary>The identity that somebody signed in with, as the id of an identity.</summary>
public sealed class AuditIdentity : IViewField
{
    public string Kind => "auditLog";

    public string Field => "authenticatedAsIdentityId";

    public object? Value(ApiCall call, Entry entry) => ((AuditLog)entry.Wanted).IdentityId is { } id ? "1i!" + id : null;
}

/// <summary>What was sent and answered. Readers do not see bodies: those hold what their own view of the objects leaves out.</summary>
public sealed class AuditBody(string name) : IViewField
{
    public string Kind => "auditLog";

    public string Field => name;

    public object? Value(ApiCall call, Entry entry)
    {
        var row = (AuditLog)entry.Wanted;
        return call.Caller.Role == Roles.ReadOnly ? "{}" : name == "requestObject" ? row.RequestObject : row.ResponseObject;
    }
}
