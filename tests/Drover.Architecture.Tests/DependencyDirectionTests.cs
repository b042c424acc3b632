namespace Drover.Architecture.Tests;

/// <summary>Which project may know which: docs/architecture.md draws it.</summary>
public sealed class DependencyDirectionTests
{
    // What a project may reference directly; what these reference in turn comes along.
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Drover.Model"] = [],
        ["Drover.Store"] = ["Drover.Model"],
        ["Drover.Scheduling"] = ["Drover.Model"],
        ["Drover.Protocol"] = ["Drover.Model"],
        ["Drover.Compose"] = ["Drover.Model"],
        ["Drover.Client"] = ["Drover.Model"],
        ["Drover.DataPlane"] = ["Drover.Model"],
        ["Drover.Reconcile"] = ["Drover.Store", "Drover.Model"],
        ["Drover.Server"] = ["Drover.Reconcile", "Drover.Store", "Drover.Scheduling", "Drover.Protocol", "Drover.Compose", "Drover.Model"],
        ["Drover.Agent"] = ["Drover.Protocol", "Drover.DataPlane", "Drover.Model"],
        ["Drover.Agent.Docker"] = ["Drover.Agent", "Drover.Protocol", "Drover.DataPlane", "Drover.Model"],
        ["Drover.Cli"] = ["Drover.Client", "Drover.Compose", "Drover.Model"],
        ["Drover.Simulator"] = ["Drover.Server", "Drover.Agent", "Drover.Protocol", "Drover.DataPlane", "Drover.Model"],
        ["Drover"] = ["Drover.Server", "Drover.Agent.Docker", "Drover.Agent", "Drover.Simulator", "Drover.Cli"],
    };

    private static readonly ProjectFile[] Shipped = [.. ProjectFile.Below("src"), .. ProjectFile.Below("sim")];

    [Fact]
    public void Projects_reference_only_what_lies_below_them() =>
        Shipped.SelectMany(project => project.Projects.Except(Allowed[project.Name]).Select(to => $"{project.Name} -> {to}")).ShouldBeEmpty();

    [Fact]
    public void Every_project_of_src_and_sim_has_its_place_in_the_table() =>
        Shipped.Select(project => project.Name).Order().ShouldBe(Allowed.Keys.Order());

    [Fact]
    public void Compiled_assemblies_use_only_what_their_projects_reference()
    {
        foreach (var project in Shipped)
        {
            var assembly = Assemblies.Load(project.Name);
            var reachable = Reachable(project.Name);
            assembly.GetReferencedAssemblies()
                .Select(name => name.Name!)
                .Where(name => name.StartsWith("Drover", StringComparison.Ordinal))
                .Except(reachable)
                .ShouldBeEmpty($"{project.Name} uses an assembly above or beside it");
        }
    }

    [Theory]
    [InlineData("Drover.Agent", "Drover.Store")]
    [InlineData("Drover.Scheduling", "Drover.Store")]
    [InlineData("Drover.Cli", "Drover.Server")]
    [InlineData("Drover.Client", "Drover.Protocol")]
    [InlineData("Drover.Server", "Drover.Agent")]
    public void The_table_itself_keeps_apart_what_must_not_meet(string from, string to) => Reachable(from).ShouldNotContain(to);

    [Fact]
    public void The_model_uses_no_package() =>
        ProjectFile.Load("src/Drover.Model/Drover.Model.csproj").Packages.ShouldBeEmpty();

    [Fact]
    public void Only_Drover_tests_and_the_simulator_know_the_server() =>
        Shipped.Where(project => project.Projects.Contains("Drover.Server")).Select(project => project.Name).Order()
            .ShouldBe(["Drover", "Drover.Simulator"]);

    private static HashSet<string> Reachable(string name)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(Allowed[name]);
        while (open.TryPop(out var next))
            if (found.Add(next))
                foreach (var further in Allowed[next]) open.Push(further);
        return found;
    }
}
