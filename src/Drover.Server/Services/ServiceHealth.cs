using System.Collections.Immutable;
using Drover.Model.Containers;

namespace Drover.Server.Services;

/// <summary>The health of services and stacks (SVC-09, SVC-43).</summary>
public static class ServiceHealth
{
    public const string Healthy = "healthy";
    public const string Degraded = "degraded";
    public const string Unhealthy = "unhealthy";
    public const string Initializing = "initializing";
    public const string StartedOnce = "started-once";

    /// <summary>The health of a service: what runs counts as healthy where no health check says otherwise.</summary>
    public static string Of(ServiceView view, ImmutableArray<Launch> launches)
    {
        if (launches.IsEmpty || !view.Service.Running) return Healthy;
        var states = view.Units.SelectMany(u => launches.Select(l => Of(u, l))).ToList();
        var wanted = view.IsGlobal ? view.Units.Length : view.Service.Scale;
        if (wanted == 0) return Healthy;
        if (view.Units.Length >= wanted && states.Count > 0 && states.TrueForAll(s => s == StartedOnce)) return StartedOnce;
        if (states.Contains(Initializing)) return Initializing;
        var good = states.Count(s => s is Healthy or StartedOnce);
        return good == 0 ? Unhealthy : good >= wanted * launches.Length ? Healthy : Degraded;
    }

    /// <summary>The health of a stack from that of its services.</summary>
    public static string OfStack(IReadOnlyCollection<string> services)
        => services.Count == 0 ? Healthy
            : services.All(s => s == StartedOnce) ? StartedOnce
            : services.Contains(Initializing) ? Initializing
            : services.All(s => s is Healthy or StartedOnce) ? Healthy
            : services.All(s => s is Unhealthy) ? Unhealthy
            : Degraded;

    /// <summary>The health of one container of a unit.</summary>
    public static string Of(Unit unit, Launch launch)
    {
        if (!unit.Members.TryGetValue(launch.Name, out var member)) return Unhealthy;
        var seen = (ContainerSeen)member.Seen;
        if (launch.StartsOnce && member.State == "stopped" && seen.StartCount > 0) return StartedOnce;
        if (member.State != "running") return Unhealthy;
        return seen.HealthState switch
        {
            null or Healthy or "updating-unhealthy" => Healthy,
            Initializing or "reinitializing" => Initializing,
            _ => Unhealthy,
        };
    }
}
