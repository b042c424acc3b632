using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.Settings;

namespace Drover.Server.Containers;

/// <summary>Restricted members enter no container that reaches beyond itself, unless setting `allow.restricted.user.exec` is on (ENV-20).</summary>
public sealed class ExecGuard : IActionFilter
{
    private const string AgentLabel = "io.rancher.container.create_agent";

    public string Kind => "instance";

    public bool Offers(ApiCall call, Entry entry, string action)
        => call.Caller.Role != Roles.Restricted || action is not ("execute" or "proxy") || !ReachesBeyond(entry.Wanted) || SettingsTable.IsOn(call.Snapshot, "allow.restricted.user.exec");

    private static bool ReachesBeyond(Resource wanted)
        => wanted is Container container && (container.Spec.Privileged || container.Spec.CapAdd.Count > 0 || container.Labels.Find(AgentLabel) is "true");
}
