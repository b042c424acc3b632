using System.Text.Json;
using Drover.Model.Audit;
using Drover.Model.Kernel;

namespace Drover.Server.Audit;

/// <summary>The row of the audit log that a note becomes (OPS-01).</summary>
public static class AuditRow
{
    public static AuditLog Of(AuditNote note)
    {
        var (type, id) = Subject(note);
        var named = note.Id ?? (type is "setting" or "activeSetting" ? NameIn(note.Request) : null);
        return new AuditLog
        {
            AccountId = note.Caller.AccountId,
            AuthType = note.Caller.AuthType,
            AuthenticatedAsAccountId = note.Caller.AuthenticatedId,
            IdentityId = note.Caller.Identity,
            ClientIp = note.ClientIp,
            Created = note.At,
            Description = note.Refusal is { Length: > 1024 } refusal ? refusal[..1024] : note.Refusal,
            EventType = $"api.{WordOf(type)}.{note.Verb}",
            RequestObject = AuditedBody.Of(note.Request.Span, type, named, note.Query),
            ResourceId = id,
            ResourceType = type,
            ResponseCode = note.Status,
            ResponseObject = AuditedBody.Of(note.Response.Span, type, named, []),
            Runtime = note.Milliseconds,
        };
    }

    /// <summary>What the request was about: the path's object, or what the answer says was created.</summary>
    private static (string Type, long? Id) Subject(AuditNote note)
    {
        if (note.Id is { } named && note.Verb != "create") return (note.Type, ResourceId.TryParse(named, out var number) ? number : null);
        if (note.Response.Length is 0 or > AuditedBody.MaxBytes || note.Status >= 400) return (note.Type, null);
        try
        {
            using var answer = JsonDocument.Parse(note.Response);
            var type = Text(answer.RootElement, "type") is { } own and not "collection" ? own : Text(answer.RootElement, "resourceType");
            return (type is not null && Catalog.All.FindKind(type) is not null ? type : note.Type, ResourceId.TryParse(Text(answer.RootElement, "id"), out var id) ? id : null);
        }
        catch (JsonException)
        {
            return (note.Type, null);
        }
    }

    /// <summary>The words that 1.6 shows: an environment of the API is a stack there, and a project an environment.</summary>
    private static string WordOf(string type) => type switch
    {
        "environment" => "stack",
        "project" => "environment",
        _ => type,
    };

    private static string? NameIn(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var sent = JsonDocument.Parse(body);
            return Text(sent.RootElement, "name");
        }
        catch (Exception rubbish) when (rubbish is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement element, string name)
        => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
