using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;

namespace Drover.Server.Hosts;

/// <summary>Shows the agent's state as the host's while the host is active, as 1.6 does (api-semantics.md section 19).</summary>
internal sealed class HostState : IViewField
{
    public string Kind => "host";

    public string Field => "state";

    public object? Value(ApiCall call, Entry entry)
        => !call.IsV1 && entry is { State: "active", Seen: HostSeen { AgentState: { } agent } } ? agent : entry.State;
}
