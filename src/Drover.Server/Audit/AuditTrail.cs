using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Drover.Model.Kernel;
using Drover.Server.Api;
using Drover.Server.Api.Binding;
using Drover.Server.Api.Calls;
using Drover.Server.Settings;
using Drover.Store;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Audit;

/// <summary>Notes every request for a change with its answer, and writes the notes to the audit log beside the requests.</summary>
/// <remarks>
/// The answer does not wait for its row: rows of <see cref="Gather"/> share one commit, so that a crash may lose that much of the log,
/// never of what was done. A full queue makes requests wait; no row is dropped.
/// </remarks>
public sealed class AuditTrail(ResourceStore store, TimeProvider time) : IBackgroundWork
{
    /// <summary>How long rows gather before they are written together.</summary>
    public static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(50);

    private const int MostWaiting = 4096;
    private const int MostPerCommit = 512;

    private static readonly HashSet<string> Unnoted = new(StringComparer.Ordinal)
    {
        "publish", "configContent", "configItemStatus", "subscribe", "schema", "hostApiProxyToken",
        "externalHandler", "externalHandlerProcess", "externalHandlerExternalHandlerProcessMap", "externalHandlerProcessConfig",
        "containerEvent", "externalEvent", "externalDnsEvent", "externalHostEvent", "externalServiceEvent", "externalStoragePoolEvent", "externalVolumeEvent", "serviceEvent",
    };

    private readonly Channel<AuditNote> _waiting = Channel.CreateBounded<AuditNote>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    public string Name => "Audit";

    /// <summary>Runs a request and notes it, refused or not, where it asked for a change. Readers and agents are not noted.</summary>
    public async Task<Answer> WatchAsync(ApiCall call, HttpContext http, Func<Task<Answer>> run)
    {
        if (call.Method == "GET" || (call.Caller.Role & (Roles.Agent | Roles.AgentRegister)) != 0 || call.Path.Type is not { } word
            || (call.Catalog.FindByWord(word)?.Kind ?? Catalog.All.FindByWord(word)) is not { } kind || Unnoted.Contains(kind.Name))
            return await run();
        var asked = Note(http, call.Caller, kind.Name, VerbOf(call)) with { Id = call.Path.Id, Query = IsStranger(call.Caller) ? [] : call.Query };
        return await WatchAsync(http, asked, run, answer => (answer.Status, answer.Bytes.ToArray()));
    }

    /// <summary>The same for a path outside of the resource API, which says itself what it is about.</summary>
    /// <param name="http">The request.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="type">What it is about.</param>
    /// <param name="verb">What is done to it.</param>
    /// <param name="run">Answers.</param>
    public Task<JsonObject> WatchAsync(HttpContext http, Caller caller, string type, string verb, Func<Task<JsonObject>> run)
        => WatchAsync(http, Note(http, caller, type, verb), run, answer => (StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(answer)));

    /// <summary>Notes that a browser was handed a session, or gave it back: those paths answer with another page.</summary>
    public ValueTask NoteSessionAsync(HttpContext http, Caller caller, string verb) => NoteAsync(Note(http, caller, "token", verb) with { Status = StatusCodes.Status201Created });

    private async Task<T> WatchAsync<T>(HttpContext http, AuditNote asked, Func<Task<T>> run, Func<T, (int Status, byte[] Body)> told)
    {
        var start = time.GetTimestamp();
        AuditNote Answered(int status) => asked with
        {
            Caller = http.Features.Get<AuditedCaller>()?.Caller ?? asked.Caller,
            Status = status,
            Request = IsStranger(asked.Caller) ? default : http.Features.Get<SentBody>()?.Bytes ?? default,
            At = time.GetUtcNow(),
            Milliseconds = (long)time.GetElapsedTime(start).TotalMilliseconds,
        };
        try
        {
            var answer = await run();
            var (status, body) = told(answer);
            await NoteAsync(Answered(status) with { Response = body });
            return answer;
        }
        catch (ProblemException refused)
        {
            if (IsNoted(asked.Caller, refused.Problem.Status)) await NoteAsync(Answered(refused.Problem.Status) with { Refusal = $"{refused.Problem.Code} {refused.Problem.Field}".TrimEnd() });
            throw;
        }
        catch (ConflictException)
        {
            await NoteAsync(Answered(StatusCodes.Status409Conflict) with { Refusal = "Conflict" });
            throw;
        }
    }

    /// <summary>Hands a note over to be written.</summary>
    public ValueTask NoteAsync(AuditNote note) => _waiting.Writer.WriteAsync(note);

    public async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(cancel))
            {
                await Task.Delay(Gather, time, cancel);
                await WriteAsync();
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            while (_waiting.Reader.Count > 0) await WriteAsync();
        }
    }

    /// <summary>The address at the other end; behind a proxy on this machine, the last one that the proxy named.</summary>
    public static string? ClientIpOf(HttpContext http)
    {
        var peer = http.Connection.RemoteIpAddress;
        if (peer is { IsIPv4MappedToIPv6: true }) peer = peer.MapToIPv4();
        if (peer is not null && !IPAddress.IsLoopback(peer)) return peer.ToString();
        var named = http.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim();
        return IPAddress.TryParse(named, out var client) ? client.ToString() : peer?.ToString();
    }

    /// <summary>
    /// Of strangers only what guesses at an account is noted: they must not be able to fill the log. While access control is off they are refused
    /// before their guess is looked at and counted.
    /// </summary>
    private bool IsNoted(Caller caller, int status) => !IsStranger(caller)
        || (status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden && SettingsTable.IsOn(store.Current, "api.security.enabled"));

    private static bool IsStranger(Caller caller) => caller.Role == Roles.Token;

    private AuditNote Note(HttpContext http, Caller caller, string type, string verb) => new()
    {
        Caller = caller,
        Type = type,
        Verb = verb,
        ClientIp = ClientIpOf(http),
        Status = StatusCodes.Status200OK,
        At = time.GetUtcNow(),
    };

    private async Task WriteAsync()
    {
        var rows = new List<AuditNote>();
        while (rows.Count < MostPerCommit && _waiting.Reader.TryRead(out var note)) rows.Add(note);
        var written = rows.ConvertAll(AuditRow.Of);
        await store.WriteAsync(tx =>
        {
            foreach (var row in written) tx.Create(row);
        });
    }

    private static string VerbOf(ApiCall call) => call switch
    {
        { Method: "PUT" } => "update",
        { Method: "DELETE" } => "delete",
        { Path: { Id: not null, Link: null } } when call.Parameter("action") is { Length: > 0 and <= 64 } action && action.All(char.IsAsciiLetterOrDigit) => action.ToLowerInvariant(),
        _ => "create",
    };
}
