namespace Drover.Model.Kernel;

/// <summary>The life cycles of kinds that hold data, or whose machinery is small.</summary>
public static partial class Lifecycles
{
    private static IEnumerable<Lifecycle> Records()
    {
        yield return new Lifecycle("certificate",
            new("create", [new("requested", "activating", "active")]),
            new("remove", [new("activating", "removing", "removed"), new("active", "removing", "removed"), new("requested", "removing", "removed")]),
            new("update", [new("active", "updating-active", "active")]));
        yield return new Lifecycle("dynamicSchema",
            new("create", [new("requested", "creating", "active")]),
            new("remove", [new("active", "removing", "purged")]));
        yield return new Lifecycle("event",
            new("create", [new("requested", "creating", "created")]),
            new("remove", [new("created", "removing", "removed"), new("creating", "removing", "removed")]));
        yield return new Lifecycle("check",
            new("create", [new("requested", "activating", "active")]),
            new("remove", [new("activating", "removing", "removed"), new("active", "removing", "removed")]));
        yield return new Lifecycle("machineDriver",
            new("create", [new("requested", "registering", "inactive")], Then: "activate"),
            new("activate", [new("inactive", "activating", "active"), new("registering", "activating", "active")]),
            new("reactivate", [new("active", "activating", "active"), new("error", "activating", "active")]),
            new("error", [
                new("activating", "erroring", "error"),
                new("active", "erroring", "error"),
                new("updating-active", "erroring", "error"),
                new("updating-inactive", "erroring", "error")]),
            new("deactivate", [
                new("activating", "deactivating", "inactive"),
                new("active", "deactivating", "inactive"),
                new("updating-active", "deactivating", "inactive"),
                new("updating-inactive", "deactivating", "inactive")]),
            new("remove", [
                new("activating", "removing", "removed"),
                new("active", "removing", "removed"),
                new("deactivating", "removing", "removed"),
                new("error", "removing", "removed"),
                new("inactive", "removing", "removed"),
                new("registering", "removing", "removed"),
                new("requested", "removing", "removed"),
                new("updating-active", "removing", "removed"),
                new("updating-inactive", "removing", "removed")]),
            new("update", [new("active", "updating-active", "active"), new("error", "updating-active", "active"), new("inactive", "updating-inactive", "inactive")]));
    }

    private static IEnumerable<Lifecycle> Rows()
    {
        yield return new Lifecycle("mount",
            new("create", [new("requested", "activating", "active")]),
            new("deactivate", [new("activating", "deactivating", "inactive"), new("active", "deactivating", "inactive"), new("requested", "deactivating", "inactive")]),
            new("remove", [new("deactivating", "removing", "removed"), new("inactive", "removing", "removed")]));
        yield return new Lifecycle("driver",
            new("create", [new("requested", "creating", "active")]),
            new("activate", [new("inactive", "activating", "active"), new("requested", "activating", "active")]),
            new("deactivate", [new("activating", "deactivating", "inactive"), new("active", "deactivating", "inactive")]),
            new("remove", [
                new("active", "removing", "removed"),
                new("creating", "removing", "removed"),
                new("inactive", "removing", "removed"),
                new("requested", "removing", "removed")]),
            new("update", [new("active", "updating", "active"), new("inactive", "updating", "active")]));
        yield return new Lifecycle("scheduledUpgrade",
            new("create", [new("requested", "scheduling", "scheduled")]),
            new("start", [new("scheduled", "running", "done")]),
            new("remove", [new("done", "removing", "removed"), new("running", "removing", "removed"), new("scheduled", "removing", "removed")]));
        yield return new Lifecycle("secret",
            new("create", [new("requested", "creating", "active")]),
            new("remove", [new("active", "removing", "removed"), new("creating", "removing", "removed")]));
        yield return new Lifecycle("userPreference",
            new("create", [new("requested", "registering", "inactive")], Then: "activate"),
            new("activate", [new("inactive", "activating", "active"), new("registering", "activating", "active")]),
            new("deactivate", [
                new("activating", "deactivating", "inactive"),
                new("active", "deactivating", "inactive"),
                new("registering", "deactivating", "inactive"),
                new("requested", "deactivating", "inactive"),
                new("updating-active", "deactivating", "inactive"),
                new("updating-inactive", "deactivating", "inactive")]),
            new("remove", [new("active", "removing", "removed"), new("inactive", "removing", "removed")]),
            new("purge", [new("removed", "purging", "purged")]),
            new("update", [new("active", "updating-active", "active"), new("inactive", "updating-inactive", "inactive")]));
        yield return new Lifecycle("volumePlace",
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
            new("update", [new("active", "updating-active", "active"), new("inactive", "updating-inactive", "inactive")]));
        yield return new Lifecycle("machine",
            new("create", [new("requested", "creating", "created")], Then: "bootstrap"),
            new("bootstrap", [new("created", "bootstrapping", "active"), new("creating", "bootstrapping", "active")]),
            new("remove", [
                new("active", "removing", "removed"),
                new("bootstrapping", "removing", "removed"),
                new("creating", "removing", "removed"),
                new("error", "removing", "removed"),
                new("erroring", "removing", "removed"),
                new("requested", "removing", "removed"),
                new("updating", "removing", "removed")]),
            new("update", [new("active", "updating", "active")]),
            new("error", [new("bootstrapping", "erroring", "error"), new("creating", "erroring", "error"), new("updating", "erroring", "error")]));
    }
}
