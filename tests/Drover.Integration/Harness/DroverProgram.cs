namespace Drover.Integration.Harness;

/// <summary>The built `drover` program.</summary>
internal static class DroverProgram
{
    /// <summary>Its path; it stands beside the tests in the same configuration, and every lab host sees the same path.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        var (framework, configuration) = (own.Name, own.Parent!.Name);
        var root = own.Parent.Parent!.Parent!.Parent!.Parent!.FullName;
        var path = System.IO.Path.Combine(root, "src/Drover/bin", configuration, framework, "drover");
        return File.Exists(path) ? path : throw new FileNotFoundException("drover is not built", path);
    }
}
