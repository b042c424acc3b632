using System.Net.Http.Json;
using System.Text.Json.Serialization;

namespace Drover.Agent.Docker.Engine.Containers;

/// <summary>Commands in running containers.</summary>
public sealed class ExecOperations
{
    private const string Noun = "/exec";
    private readonly EngineConnection _connection;

    internal ExecOperations(EngineConnection connection) => _connection = connection;

    /// <summary>Prepares a command; conflict where the container does not run.</summary>
    public Task<CreateExecResponse> CreateAsync(string container, CreateExecRequest request, CancellationToken cancellation = default) =>
        _connection.AskAsync(
            EngineRequest.Post(new EngineUri("/containers", container, "/exec")) with { Body = JsonContent.Create(request, EngineJson.Default.CreateExecRequest) },
            EngineJson.Default.CreateExecResponse, cancellation);

    /// <summary>Starts it; the connection carries its input and, in frames of <see cref="StandardStreams"/> or plain from a terminal, its output.</summary>
    public Task<HijackedConnection> StartAsync(string id, bool terminal, CancellationToken cancellation = default) =>
        _connection.HijackAsync(
            EngineRequest.Post(new EngineUri(Noun, id, "/start")) with { Body = JsonContent.Create(new StartExecRequest(false, terminal), EngineJson.Default.StartExecRequest) },
            cancellation);

    /// <summary>Sets the size of its terminal, in characters.</summary>
    public Task ResizeAsync(string id, int rows, int columns, CancellationToken cancellation = default) =>
        _connection.DoAsync(EngineRequest.Post(new EngineUri(Noun, id, "/resize").With("h", (long)rows).With("w", (long)columns)), cancellation);

    /// <summary>How it stands.</summary>
    public Task<ExecInspect> InspectAsync(string id, CancellationToken cancellation = default) =>
        _connection.AskAsync(EngineRequest.Get(new EngineUri(Noun, id, "/json")), EngineJson.Default.ExecInspect, cancellation);
}

/// <summary>What shall run, and which of its streams are wanted.</summary>
public sealed record CreateExecRequest(IReadOnlyList<string> Cmd, bool AttachStdin, bool AttachStdout, bool AttachStderr, bool Tty);

/// <summary>The prepared command's id.</summary>
public sealed record CreateExecResponse(string Id);

/// <summary>How it is started.</summary>
public sealed record StartExecRequest(bool Detach, bool Tty);

/// <summary>How a command stands; the exit code is null while it runs.</summary>
public sealed record ExecInspect([property: JsonPropertyName("ID")] string? Id, bool Running, long? ExitCode);
