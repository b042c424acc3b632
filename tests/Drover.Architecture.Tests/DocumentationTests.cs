using System.Text.RegularExpressions;

namespace Drover.Architecture.Tests;

/// <summary>The pages name files that are there.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string[] Pages = [.. Repository.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal) && !file.StartsWith("web/", StringComparison.Ordinal))];

    [Fact]
    public void Every_link_between_pages_leads_somewhere()
    {
        var broken =
            from page in Pages
            from Match link in Link().Matches(Repository.Read(page))
            let target = link.Groups["to"].Value
            where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#')
            let path = Path.Combine(Path.GetDirectoryName(page)!, target.Split('#')[0])
            where !Repository.Exists(path)
            select $"{page} -> {target}";
        broken.ShouldBeEmpty();
    }

    [Fact]
    public void Every_file_that_a_page_names_exists()
    {
        var missing =
            from page in Pages
            from Match name in NamedFile().Matches(Repository.Read(page))
            where !Repository.Exists(name.Groups["path"].Value)
            select $"{page} names {name.Groups["path"].Value}";
        missing.ShouldBeEmpty();
    }

    [Fact]
    public void The_walk_through_a_container_s_start_passes_each_project_on_its_way()
    {
        var walk = Repository.Read("docs/architecture.md").Split("## The walk")[1].Split("\n## ")[0];
        foreach (var project in (string[])["Drover.Cli", "Drover.Client", "Drover.Server", "Drover.Store", "Drover.Scheduling", "Drover.Agent", "Drover.Agent.Docker", "Drover.DataPlane"])
            NamedFile().Matches(walk).Select(match => match.Groups["path"].Value)
                .ShouldContain(path => path.StartsWith($"src/{project}/", StringComparison.Ordinal), $"the walk leaves out {project}");
    }

    [Fact]
    public void Decisions_are_numbered_without_a_gap()
    {
        var numbers = Repository.Files.Where(file => file.StartsWith("docs/decisions/", StringComparison.Ordinal))
            .Select(file => int.Parse(Path.GetFileName(file)[..4], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        numbers.ShouldBe(Enumerable.Range(1, numbers.Length));
    }

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?<path>(src|sim|tests|tools|docs|images|playground|web|contracts)/[\w./-]*[\w/])`")]
    private static partial Regex NamedFile();
}
