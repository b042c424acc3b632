using Drover.Server.Api.Calls;

namespace Drover.Server.Audit;

/// <summary>Set on a request whose answer makes known who a stranger is: the row is about that person then.</summary>
public sealed record AuditedCaller(Caller Caller);
