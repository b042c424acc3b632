namespace Drover.Architecture.Tests;

/// <summary>Where things stand: projects, folders, namespaces, package versions.</summary>
public sealed class HouseTests
{
    [Fact]
    public void Every_project_is_part_of_the_solution()
    {
        var solution = Repository.Read("Drover.slnx");
        Repository.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal))
            .Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_project_has_source() =>
        Repository.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal))
            .Where(project => !Repository.Sources(Path.GetDirectoryName(project)!.Replace('\\', '/')).Any())
            .ShouldBeEmpty();

    [Fact]
    public void Every_project_of_src_and_sim_has_a_test_project() =>
        ProjectFile.Below("src").Concat(ProjectFile.Below("sim"))
            .Select(project => project.Name == "Drover" ? "Drover.EndToEnd" : project.Name + ".Tests")
            .Where(tests => !Repository.Exists($"tests/{tests}/{tests}.csproj"))
            .ShouldBeEmpty();

    [Fact]
    public void Every_namespace_follows_its_folder()
    {
        var strays =
            from file in Repository.Sources("src", "sim")
            let folder = Path.GetDirectoryName(file)!.Replace('\\', '/')
            let expected = string.Join('.', folder.Split('/').Skip(1))
            let line = Repository.ReadLines(file).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal))
            where line is not null && line != $"namespace {expected};"
            select $"{file}: {line}";
        strays.ShouldBeEmpty();
    }

    [Fact]
    public void Package_versions_stand_in_one_place()
    {
        var versions =
            from project in Repository.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)).Select(ProjectFile.Load)
            from package in project.Packages
            where package.Attribute("Version") is not null || package.Attribute("VersionOverride") is not null
            select $"{project.Path}: {package.Attribute("Include")?.Value}";
        versions.ShouldBeEmpty();
        Repository.Read("Directory.Packages.props").ShouldNotContain("*\"", customMessage: "every version is exact");
    }

    [Fact]
    public void Every_project_locks_its_packages() =>
        Repository.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal))
            .Where(project => !Repository.Exists($"{Path.GetDirectoryName(project)}/packages.lock.json"))
            .ShouldBeEmpty();
}
