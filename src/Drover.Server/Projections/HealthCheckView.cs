using System.Text.Json.Nodes;
using Drover.Model.Containers;
using Drover.Model.Kernel;

namespace Drover.Server.Projections;

/// <summary>A health check in the words of the metadata service.</summary>
public static class HealthCheckView
{
    /// <summary>Null where there is none.</summary>
    public static RawJson? Of(InstanceHealthCheck? check) => check is null ? null : RawJson.From(new JsonObject
    {
        ["healthy_threshold"] = check.HealthyThreshold,
        ["interval"] = check.Interval,
        ["port"] = check.Port,
        ["request_line"] = check.RequestLine,
        ["response_timeout"] = check.ResponseTimeout,
        ["unhealthy_threshold"] = check.UnhealthyThreshold,
    });
}
