using System.Net;

namespace Drover.Agent.Docker.Engine;

/// <summary>What went wrong between Drover and an engine, as far as a caller acts on it.</summary>
public enum EngineFault
{
    /// <summary>No connection was made: the daemon is down or its socket is absent. Nothing was asked of it.</summary>
    Unreachable,

    /// <summary>The connection broke or stayed silent after the question was sent: what was done is unknown.</summary>
    Interrupted,

    /// <summary>The engine answered with a failure of its own, or with something that is not the Engine API.</summary>
    Failed,

    /// <summary>The object does not exist.</summary>
    NotFound,

    /// <summary>The object's state or another object stands against it.</summary>
    Conflict,

    /// <summary>A registry refused the credential, or wanted one.</summary>
    Unauthorized,

    /// <summary>The request can never succeed as it is.</summary>
    BadRequest,
}

/// <summary>The engine could not be asked, or refused. The message is the engine's own where it gave one.</summary>
public sealed class EngineException : Exception
{
    public EngineException(EngineFault fault, string message, HttpStatusCode? status = null, Exception? inner = null)
        : base(message, inner) => (Fault, Status) = (fault, status);

    public EngineFault Fault { get; }

    /// <summary>The HTTP status; null when there was no answer, or the failure stood inside a stream of progress.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>True when the daemon is away or went away, so that the same call may succeed once it is back.</summary>
    public bool IsConnectionLost => Fault is EngineFault.Unreachable or EngineFault.Interrupted;

    internal static EngineException FromAnswer(HttpStatusCode status, string message) =>
        new(EngineFaults.Classify(status, message), message, status);

    internal static EngineException FromStream(string message) =>
        new(EngineFaults.Classify(null, message), message);

    internal static EngineException BadRequest(string message) => new(EngineFault.BadRequest, message);
}
