namespace Drover.EndToEnd;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Checkout
{
    /// <summary>The folder that holds Drover.slnx.</summary>
    public static string Root { get; } = Find();

    /// <summary>A script or file of the checkout.</summary>
    public static string File(string name) => Path.Combine(Root, name);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Drover.slnx")))
                return folder.FullName;
        throw new InvalidOperationException($"no Drover.slnx above {AppContext.BaseDirectory}");
    }
}
