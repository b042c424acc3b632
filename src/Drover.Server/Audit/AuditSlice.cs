namespace Drover.Server.Audit;

/// <summary>The audit log.</summary>
internal static class AuditSlice
{
    public static void Register(ServerParts parts)
    {
        parts.Pieces.Add(new AuditResourceId()).Add(new AuditIdentity()).Add(new AuditBody("requestObject")).Add(new AuditBody("responseObject"));
        parts.Run(parts.Audit);
    }
}
