using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Drover.Model.Kernel;
using Drover.Server.Api.Seams;
using Drover.Server.Environments;

namespace Drover.Server.Tests.Api.Contract;

/// <summary>Kinds whose machinery is still to come are records with a life cycle; docs/api.md says which.</summary>
public sealed class DataOnlyTests : ApiTest
{
    /// <summary>Kinds without a rule of their own that others read or write.</summary>
    private static readonly HashSet<string> ReadByOthers = ["network", "subnet", "volumeTemplate", "storagePool", "projectMember", "registryCredential", "authToken"];

    [Fact]
    public void The_list_of_kinds_that_only_hold_data_is_that_of_the_documentation()
    {
        // A guard says who may touch a kind; it is no machinery.
        var ruled = Api.Server.Parts.Pieces.All.Where(piece => piece is not (HostGuard or IKindLink)).Select(piece => piece.Kind).ToHashSet(StringComparer.Ordinal);
        var bare = Catalog.All.Kinds
            .Where(kind => kind is { IsBase: false, IsReconciled: false, Declared: { IsView: false, IsHistory: false } } && !ruled.Contains(kind.Name) && !ReadByOthers.Contains(kind.Name))
            .Select(kind => kind.Name);

        bare.ShouldBe(Documented(), ignoreOrder: true);
    }

    [Fact]
    public async Task One_of_them_is_created_listed_checked_and_removed()
    {
        var target = await Api.CreateAsync(Api.Project + "/hosttemplates", new { name = "t", driver = "generic" }, "active");
        var self = target.GetProperty("links").GetProperty("self").GetString()!;

        (await Api.GetAsync(Api.Project + "/hosttemplates")).Data.Count.ShouldBe(1);
        (await Api.PostAsync(Api.Project + "/hosttemplates", new { name = new string('t', 256) })).ShouldSatisfyAllConditions(r => r.Status.ShouldBe(422), r => r.Code.ShouldBe("MaxLengthExceeded"), r => r.Field.ShouldBe("name"));
        await Api.DeleteAsync(self);
        await Api.UntilAsync(self, "removed");
        (await Api.GetAsync(Api.Project + "/hosttemplates")).Data.ShouldBeEmpty();
    }

    private static IEnumerable<string> Documented([CallerFilePath] string here = "")
    {
        var text = File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "../../../../docs/api.md"));
        var section = text[text.IndexOf("## Kinds that only hold data", StringComparison.Ordinal)..];
        return Regex.Matches(section, "`([A-Za-z]+)`").Select(match => match.Groups[1].Value);
    }
}
