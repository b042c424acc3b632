using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Server.Api;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Rendering;
using Drover.Server.Api.Views;
using Drover.Store;

namespace Drover.Server.Tests.Api.Contract;

/// <summary>
/// The schemas of every role against those of the contract, for the kinds that exist. What differs stands in
/// known-differences.txt with its reason; the list may only shrink.
/// </summary>
public sealed class SchemaContractTests
{
    private static readonly Dictionary<string, Roles> ByFile = new()
    {
        ["owner"] = Roles.Owner, ["member"] = Roles.Member, ["restricted"] = Roles.Restricted, ["readonly"] = Roles.ReadOnly,
        ["project"] = Roles.Project, ["environment"] = Roles.Environment, ["projectadmin"] = Roles.ProjectAdmin,
        ["user"] = Roles.User, ["admin"] = Roles.Admin, ["readAdmin"] = Roles.ReadAdmin, ["service"] = Roles.Service, ["superadmin"] = Roles.Superadmin,
        ["agent"] = Roles.Agent, ["agentRegister"] = Roles.AgentRegister, ["register"] = Roles.Register, ["token"] = Roles.Token,
    };

    [Fact]
    public void Schemas_of_every_role_are_the_contracts_but_for_the_known_differences()
    {
        if (Reference() is not { } folder)
        {
            Assert.Skip("No reference folder: set DROVER_REFERENCE");
            return;
        }

        var differences = new SchemaDifferences();
        var catalogs = new RoleCatalogs(Catalog.All);
        foreach (var (file, role) in ByFile)
        {
            using var contract = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "api-schemas", "v2-beta", file + ".json")).Replace("%BASE%", "http://h", StringComparison.Ordinal));
            using var ours = JsonDocument.Parse(Rendered(catalogs, role));
            differences.Compare(file, contract.RootElement, ours.RootElement);
        }

        var found = differences.Lines.ToList();
        if (Environment.GetEnvironmentVariable("DROVER_DIFFERENCES") is { } report) File.WriteAllLines(report, found);
        var known = KnownDifferences.Read();
        found.Except(known).ShouldBeEmpty("differences that nobody listed");
        known.Except(found).ShouldBeEmpty("listed differences that are gone: take them off the list");
    }

    private static ReadOnlyMemory<byte> Rendered(RoleCatalogs catalogs, Roles role)
    {
        var store = new ResourceStore(Catalog.All, TimeProvider.System, Guid.NewGuid);
        var call = new ApiCall(ApiPath.Parse("/v2-beta/schemas"), new Caller(role, 1, 1), catalogs.Of(role), store.Current, new UrlSpace("http://h", "v2-beta", null));
        using var answer = Answer.Json(json => new SchemaWriter(call).WriteAll(json));
        return answer.Bytes.ToArray();
    }

    private static string? Reference()
    {
        if (Environment.GetEnvironmentVariable("DROVER_REFERENCE") is { Length: > 0 } set) return set;
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Path.Combine(at.FullName, "shared", "reference") is var folder && Directory.Exists(Path.Combine(folder, "api-schemas")))
                return folder;
        return null;
    }
}
