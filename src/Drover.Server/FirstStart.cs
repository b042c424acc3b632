using Drover.Model.Accounts;
using Drover.Model.Environments;
using Drover.Model.Kernel;
using Drover.Server.Environments;
using Drover.Store;

namespace Drover.Server;

/// <summary>Fills a fresh store: the platform's accounts, the Default environment, which is 1a5 on every server, and the template that clients name for one of Drover's own.</summary>
public static class FirstStart
{
    /// <summary>Number of the administrator's account.</summary>
    public const long AdminId = 1;

    /// <summary>Writes what a fresh store needs; leaves any other alone.</summary>
    public static Task SeedAsync(ResourceStore store, CancellationToken cancel)
        => store.WriteAsync(Seed, cancel);

    private static void Seed(WriteTx tx)
    {
        if (tx.View.All<Account>().Any()) return;
        var admin = Platform(tx, "admin", "admin", "active");
        Platform(tx, "system", "service", "inactive");
        Platform(tx, "superadmin", "superadmin", "inactive");
        Platform(tx, "token", "token", "active");
        var project = tx.Create(new Project { Name = "Default", Uuid = "adminProject", Version = "2" }, Settled<ProjectSeen>("active") with { HealthState = "healthy" });
        NewEnvironment.Complete(tx, project, [Members.Of(admin.Id, "owner")], Settled<PlainSeen>("active"));
        tx.Create(new ProjectTemplate { Name = "Cattle", Description = "Containers that Drover itself orchestrates", IsPublic = true }, Settled<PlainSeen>("active"));
    }

    private static Account Platform(WriteTx tx, string name, string kind, string state)
        => tx.Create(new Account { Name = name, Uuid = name, Kind = kind, Version = "2" }, Settled<PlainSeen>(state));

    private static T Settled<T>(string state)
        where T : Seen, new()
        => (T)(new T() with { State = state, Generation = 1 });
}
