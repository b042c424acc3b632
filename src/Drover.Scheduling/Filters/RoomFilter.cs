namespace Drover.Scheduling.Filters;

/// <summary>Only hosts with room for what is reserved (SCH-20).</summary>
internal sealed class RoomFilter : IPlacementFilter
{
    public bool Applies(PlacementRequest request) => !request.Forced && request.Members.Any(m => m.Memory > 0 || m.MilliCpu > 0);

    public bool Check(HostLoad host, PlacementRequest request)
        => HasMemory(host, request) && (host.MilliCpu is null || host.MilliCpuTaken + request.Members.Sum(m => m.MilliCpu) <= host.MilliCpu);

    public string Explain(HostLoad host, PlacementRequest request)
        => HasMemory(host, request) ? "has too little processor time left to reserve" : "has too little memory left to reserve";

    private static bool HasMemory(HostLoad host, PlacementRequest request)
        => host.Memory is null || host.MemoryTaken + request.Members.Sum(m => m.Memory) <= host.Memory;
}
