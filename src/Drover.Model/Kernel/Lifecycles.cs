using System.Collections.Frozen;

namespace Drover.Model.Kernel;

/// <summary>The life cycles of all kinds, as tables (api-semantics.md section 19).</summary>
public static partial class Lifecycles
{
    private static readonly FrozenDictionary<string, Lifecycle> ByName = All().ToFrozenDictionary(c => c.Name, StringComparer.Ordinal);

    /// <summary>The life cycle with this name; throws where none is declared.</summary>
    public static Lifecycle Named(string name) => ByName[name];

    private static IEnumerable<Lifecycle> All()
    {
        yield return Simple("simple");
        yield return Account("account");
        yield return Agent("agent");
        yield return Host("host");
        yield return Stack("stack");
        yield return Service("service");
        yield return Instance("instance");
        yield return Volume("volume");
        yield return IpAddress("ipAddress");
        yield return Link("link");
        yield return Member("member");
        foreach (var cycle in Records().Concat(Rows())) yield return cycle;
    }

    private static Lifecycle Link(string name) => new(name,
        new("create", [new("requested", "activating", "active")]),
        new("remove", [new("activating", "removing", "removed"), new("active", "removing", "removed"), new("updating-active", "removing", "removed")]),
        new("update", [new("activating", "updating-active", "active"), new("active", "updating-active", "active")]));

    private static Lifecycle Member(string name) => new(name,
        new("create", [new("requested", "activating", "active")]),
        new("remove", [new("activating", "removing", "removed"), new("active", "removing", "removed"), new("requested", "removing", "removed")]));

    private static Lifecycle Account(string name) => new(name,
        new("create", [new("requested", "registering", "inactive")], Then: "activate"),
        new("activate", [new("inactive", "activating", "active"), new("registering", "activating", "active")]),
        new("deactivate", [
            new("activating", "deactivating", "inactive"),
            new("active", "deactivating", "inactive"),
            new("registering", "deactivating", "inactive"),
            new("requested", "deactivating", "inactive"),
            new("updating-active", "deactivating", "inactive"),
            new("updating-inactive", "deactivating", "inactive")]),
        new("remove", [
            new("inactive", "removing", "removed"),
            new("registering", "removing", "removed"),
            new("requested", "removing", "removed"),
            new("updating-active", "removing", "removed"),
            new("updating-inactive", "removing", "removed")]),
        new("purge", [new("removed", "purging", "purged")]),
        new("update", [new("active", "updating-active", "active"), new("inactive", "updating-inactive", "inactive")]),
        new("upgrade", [new("active", "upgrading", "active")]));

    private static Lifecycle Simple(string name) => new(name,
        new("create", [new("requested", "registering", "inactive")], Then: "activate"),
        new("activate", [new("inactive", "activating", "active"), new("registering", "activating", "active")]),
        new("deactivate", [
            new("activating", "deactivating", "inactive"),
            new("active", "deactivating", "inactive"),
            new("registering", "deactivating", "inactive"),
            new("requested", "deactivating", "inactive"),
            new("updating-active", "deactivating", "inactive"),
            new("updating-inactive", "deactivating", "inactive")]),
        new("remove", [
            new("inactive", "removing", "removed"),
            new("registering", "removing", "removed"),
            new("requested", "removing", "removed"),
            new("updating-active", "removing", "removed"),
            new("updating-inactive", "removing", "removed")]),
        new("purge", [new("removed", "purging", "purged")]),
        new("update", [new("active", "updating-active", "active"), new("inactive", "updating-inactive", "inactive")]));

    private static Lifecycle Agent(string name) => new(name,
        new("create", [new("requested", "registering", "inactive")], Then: "activate"),
        new("activate", [new("inactive", "activating", "active"), new("registering", "activating", "active")]),
        new("purge", [new("removed", "purging", "purged")]),
        new("update", [new("active", "updating-active", "active"), new("inactive", "updating-inactive", "inactive")]),
        new("remove", [
            new("disconnected", "removing", "removed"),
            new("disconnecting", "removing", "removed"),
            new("finishing-reconnect", "removing", "removed"),
            new("inactive", "removing", "removed"),
            new("reconnected", "removing", "removed"),
            new("registering", "removing", "removed"),
            new("requested", "removing", "removed"),
            new("updating-active", "removing", "removed"),
            new("updating-inactive", "removing", "removed")]),
        new("deactivate", [
            new("activating", "deactivating", "inactive"),
            new("active", "deactivating", "inactive"),
            new("disconnected", "deactivating", "inactive"),
            new("disconnecting", "deactivating", "inactive"),
            new("finishing-reconnect", "deactivating", "inactive"),
            new("reconnected", "deactivating", "inactive"),
            new("reconnecting", "deactivating", "inactive"),
            new("updating-active", "deactivating", "inactive"),
            new("updating-inactive", "deactivating", "inactive")]),
        new("reconnect", [
            new("activating", "reconnecting", "reconnected"),
            new("active", "reconnecting", "reconnected"),
            new("disconnected", "reconnecting", "reconnected"),
            new("disconnecting", "reconnecting", "reconnected")], Then: "finishreconnect"),
        new("finishreconnect", [new("reconnected", "finishing-reconnect", "active"), new("reconnecting", "finishing-reconnect", "active")]),
        new("disconnect", [
            new("active", "disconnecting", "disconnected"),
            new("finishing-reconnect", "disconnecting", "disconnected"),
            new("reconnected", "disconnecting", "disconnected"),
            new("reconnecting", "disconnecting", "disconnected")]));

    private static Lifecycle Host(string name) => new(name,
        new("create", [new("requested", "registering", "inactive")], Then: "activate"),
        new("activate", [new("inactive", "activating", "active"), new("provisioned", "activating", "active"), new("registering", "activating", "active")]),
        new("deactivate", [
            new("activating", "deactivating", "inactive"),
            new("active", "deactivating", "inactive"),
            new("registering", "deactivating", "inactive"),
            new("requested", "deactivating", "inactive"),
            new("updating-active", "deactivating", "inactive"),
            new("updating-inactive", "deactivating", "inactive")]),
        new("remove", [
            new("activating", "removing", "removed"),
            new("deactivating", "removing", "removed"),
            new("error", "removing", "removed"),
            new("erroring", "removing", "removed"),
            new("inactive", "removing", "removed"),
            new("provisioning", "removing", "removed"),
            new("registering", "removing", "removed"),
            new("requested", "removing", "removed"),
            new("updating-active", "removing", "removed"),
            new("updating-inactive", "removing", "removed")]),
        new("purge", [new("removed", "purging", "purged")]),
        new("update", [new("active", "updating-active", "active"), new("inactive", "updating-inactive", "inactive")]),
        new("provision", [new("inactive", "provisioning", "provisioned")]),
        new("error", [new("provisioning", "erroring", "error")]));

    private static Lifecycle Stack(string name) => new(name,
        new("create", [new("requested", "activating", "active")]),
        new("update", [new("active", "updating-active", "active")]),
        new("remove", [
            new("activating", "removing", "removed"),
            new("active", "removing", "removed"),
            new("canceled-upgrade", "removing", "removed"),
            new("canceling-upgrade", "removing", "removed"),
            new("error", "removing", "removed"),
            new("erroring", "removing", "removed"),
            new("finishing-upgrade", "removing", "removed"),
            new("requested", "removing", "removed"),
            new("rolling-back", "removing", "removed"),
            new("updating-active", "removing", "removed"),
            new("upgraded", "removing", "removed"),
            new("upgrading", "removing", "removed")]),
        new("error", [new("activating", "erroring", "error")]),
        new("upgrade", [new("active", "upgrading", "upgraded"), new("canceled-upgrade", "upgrading", "upgraded")]),
        new("cancelupgrade", [new("finishing-upgrade", "canceling-upgrade", "canceled-upgrade"), new("upgrading", "canceling-upgrade", "canceled-upgrade")]),
        new("rollback", [new("canceled-upgrade", "rolling-back", "active"), new("upgraded", "rolling-back", "active"), new("upgrading", "rolling-back", "active")]),
        new("finishupgrade", [new("upgraded", "finishing-upgrade", "active")]));

    private static Lifecycle Service(string name) => new(name,
        new("create", [new("requested", "registering", "inactive")]),
        new("activate", [new("inactive", "activating", "active"), new("restarting", "activating", "active")]),
        new("update", [
            new("inactive", "updating-inactive", "inactive"),
            new("active", "updating-active", "active"),
            new("updating-active", "updating-active", "active"),
            new("finishing-upgrade", "finishing-upgrade", "active"),
            new("activating", "activating", "active"),
            new("canceling-upgrade", "canceling-upgrade", "canceled-upgrade"),
            new("upgrading", "upgrading", "upgraded"),
            new("rolling-back", "rolling-back", "active")]),
        new("deactivate", [
            new("activating", "deactivating", "inactive"),
            new("active", "deactivating", "inactive"),
            new("restarting", "deactivating", "inactive"),
            new("updating-active", "deactivating", "inactive"),
            new("updating-inactive", "deactivating", "inactive")]),
        new("remove", [
            new("activating", "removing", "removed"),
            new("active", "removing", "removed"),
            new("canceled-upgrade", "removing", "removed"),
            new("canceling-upgrade", "removing", "removed"),
            new("deactivating", "removing", "removed"),
            new("finishing-upgrade", "removing", "removed"),
            new("inactive", "removing", "removed"),
            new("registering", "removing", "removed"),
            new("requested", "removing", "removed"),
            new("restarting", "removing", "removed"),
            new("rolling-back", "removing", "removed"),
            new("updating-active", "removing", "removed"),
            new("updating-inactive", "removing", "removed"),
            new("upgraded", "removing", "removed"),
            new("upgrading", "removing", "removed")]),
        new("upgrade", [
            new("activating", "upgrading", "upgraded"),
            new("active", "upgrading", "upgraded"),
            new("inactive", "upgrading", "upgraded"),
            new("updating-active", "upgrading", "upgraded")]),
        new("continueupgrade", [new("canceled-upgrade", "upgrading", "upgraded")]),
        new("cancelupgrade", [new("finishing-upgrade", "canceling-upgrade", "canceled-upgrade"), new("upgrading", "canceling-upgrade", "canceled-upgrade")]),
        new("rollback", [new("canceled-upgrade", "rolling-back", "active"), new("upgraded", "rolling-back", "active"), new("upgrading", "rolling-back", "active")]),
        new("finishupgrade", [new("upgraded", "finishing-upgrade", "active")]),
        new("restart", [new("active", "restarting", "active")]));

    private static Lifecycle Instance(string name) => new(name,
        new("create", [new("requested", "creating", "stopped")], Then: "start"),
        new("start", [new("creating", "starting", "running"), new("stopped", "starting", "running")]),
        new("stop", [
            new("creating", "stopping", "stopped"),
            new("restarting", "stopping", "stopped"),
            new("running", "stopping", "stopped"),
            new("starting", "stopping", "stopped"),
            new("updating-running", "stopping", "stopped"),
            new("updating-stopped", "stopping", "stopped")]),
        new("remove", [
            new("creating", "removing", "removed"),
            new("error", "removing", "removed"),
            new("erroring", "removing", "removed"),
            new("requested", "removing", "removed"),
            new("stopped", "removing", "removed"),
            new("updating-running", "removing", "removed"),
            new("updating-stopped", "removing", "removed")]),
        new("purge", [new("removed", "purging", "purged")]),
        new("update", [new("running", "updating-running", "running"), new("stopped", "updating-stopped", "stopped")]),
        new("migrate", [new("running", "migrating", "running")]),
        new("restart", [new("running", "restarting", "running")]),
        new("error", [new("creating", "erroring", "error"), new("stopped", "erroring", "error")]));

    private static Lifecycle Volume(string name) => new(name,
        new("create", [new("requested", "registering", "inactive")], Then: "activate"),
        new("deactivate", [
            new("activating", "deactivating", "detached"),
            new("active", "deactivating", "inactive"),
            new("creating", "deactivating", "detached"),
            new("registering", "deactivating", "detached"),
            new("requested", "deactivating", "detached"),
            new("updating-active", "deactivating", "detached"),
            new("updating-inactive", "deactivating", "detached")]),
        new("remove", [
            new("deactivating", "removing", "removed"),
            new("detached", "removing", "removed"),
            new("inactive", "removing", "removed"),
            new("registering", "removing", "removed"),
            new("requested", "removing", "removed"),
            new("updating-active", "removing", "removed"),
            new("updating-inactive", "removing", "removed")]),
        new("purge", [new("removed", "purging", "purged")]),
        new("update", [new("active", "updating-active", "active"), new("inactive", "updating-inactive", "inactive")]),
        new("activate", [new("detached", "activating", "active"), new("inactive", "activating", "active"), new("registering", "activating", "active")]),
        new("reverttosnapshot", [new("active", "reverting-active", "active"), new("inactive", "reverting-inactive", "inactive")]),
        new("restorefrombackup", [new("active", "restoring-active", "active"), new("inactive", "restoring-inactive", "inactive")]));

    private static Lifecycle IpAddress(string name) => new(name,
        new("create", [new("requested", "registering", "inactive")], Then: "activate"),
        new("activate", [new("inactive", "activating", "active"), new("registering", "activating", "active")]),
        new("deactivate", [
            new("activating", "deactivating", "inactive"),
            new("active", "deactivating", "inactive"),
            new("registering", "deactivating", "inactive"),
            new("requested", "deactivating", "inactive"),
            new("updating-active", "deactivating", "inactive"),
            new("updating-inactive", "deactivating", "inactive")]),
        new("remove", [
            new("inactive", "removing", "removed"),
            new("registering", "removing", "removed"),
            new("requested", "removing", "removed"),
            new("updating-active", "removing", "removed"),
            new("updating-inactive", "removing", "removed")]),
        new("purge", [new("removed", "purging", "purged")]),
        new("update", [new("active", "updating-active", "active"), new("inactive", "updating-inactive", "inactive")]),
        new("associate", [new("active", "associating", "associated")]),
        new("disassociate", [new("associated", "disassociating", "active"), new("associating", "disassociating", "active")]));

}
