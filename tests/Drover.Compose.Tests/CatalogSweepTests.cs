namespace Drover.Compose.Tests;

/// <summary>Reads every compose file without templates below the folder that <c>DROVER_CATALOGS</c> names, with its questions' defaults.</summary>
public sealed class CatalogSweepTests(ITestOutputHelper output)
{
    /// <summary>Files that do not become a model, by the end of their path, each with its reason.</summary>
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["infra-templates/portworx/docker-compose.yml"] = "stands outside any version, with no rancher-compose.yml and so no answer for the path ${HEADER_DIR}",
    };

    [Fact]
    public void Every_file_of_the_catalogs_becomes_a_model_or_stands_in_the_list_with_its_reason()
    {
        var root = Environment.GetEnvironmentVariable("DROVER_CATALOGS");
        Assert.SkipUnless(Directory.Exists(root), "DROVER_CATALOGS names no folder of catalogs");

        var failed = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var read = 0;
        foreach (var (path, result) in Results(root!))
        {
            read++;
            if (result.Model is null)
                failed[path] = string.Join("; ", result.Problems);
            else
                result.Model.Services.ShouldNotBeEmpty(path);
        }

        output.WriteLine($"{read} files read, {failed.Count} refused");
        foreach (var (path, reason) in failed)
            output.WriteLine($"{path}: {reason}");
        read.ShouldBeGreaterThan(0);
        Known.Count.ShouldBeLessThanOrEqualTo(10);
        failed.Keys.Where(path => !Known.Keys.Any(path.EndsWith)).ShouldBeEmpty(string.Join("\n", failed.Select(entry => $"{entry.Key}: {entry.Value}")));
    }

    /// <summary>What each file without templates comes to, by its path below the root.</summary>
    internal static IEnumerable<(string Path, ComposeResult Result)> Results(string root)
    {
        foreach (var path in Directory.EnumerateFiles(root, ComposeFiles.DockerName, SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var docker = File.ReadAllText(path);
            if (docker.Contains("{{", StringComparison.Ordinal))
                continue;
            var rancher = Path.Combine(Path.GetDirectoryName(path)!, ComposeFiles.RancherName);
            var files = ComposeFiles.Of(docker, File.Exists(rancher) ? File.ReadAllText(rancher) : null);
            yield return (Path.GetRelativePath(root, path), ComposeReader.Read(files, new Dictionary<string, string>()));
        }
    }
}
