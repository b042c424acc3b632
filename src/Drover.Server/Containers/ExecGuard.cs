using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.Settings;

namespace Drover.Server.Containers;

/// <summary>Restricted members enter no container that reaches beyond itself, unless setting `allow.restricted.user.exec` is on (ENV-20).</summary>
public sealed class ExecGuard : IActionFilter
{
    /// <summary>The setting that lets them in all the same.</summary>
    public const string Setting = "allow.restricted.user.exec";

    public string Kind => "instance";

    public bool Offers(ApiCall call, Entry entry, string action)
        => call.Caller.Role != Roles.Restricted || action is not ("execute" or "proxy") || !ReachesBeyond(entry.Wanted) || SettingsTable.IsOn(call.Snapshot, Setting);

    private static bool ReachesBeyond(Resource wanted)
        => wanted is Container container && (container.Spec.Privileged || container.Spec.CapAdd.Count > 0 || container.Labels.IsTrue(ContainerLabels.CreateAgent) || container.Labels.ContainsKey(ContainerLabels.System));
}
