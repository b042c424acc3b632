using System.Xml.Linq;

namespace Drover.Architecture.Tests;

/// <summary>What a project file says.</summary>
internal sealed record ProjectFile(string Path, string Name, IReadOnlySet<string> Projects, IReadOnlyList<XElement> Packages)
{
    public static ProjectFile Load(string path)
    {
        var xml = XDocument.Parse(Repository.Read(path));
        return new ProjectFile(
            path,
            System.IO.Path.GetFileNameWithoutExtension(path),
            xml.Descendants("ProjectReference")
                .Select(reference => System.IO.Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
                .ToHashSet(StringComparer.Ordinal),
            [.. xml.Descendants("PackageReference")]);
    }

    public static IEnumerable<ProjectFile> Below(string folder) => Repository.Projects(folder).Select(Load);
}
