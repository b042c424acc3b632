using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Drover.Testing;

/// <summary>Images made of this machine's static busybox, as tars that a host loads in a tenth of a second.</summary>
public static class TestImages
{
    /// <summary>The name of the image that <see cref="BusyboxAsync"/> gives.</summary>
    public const string Busybox = "drover/busybox:1";

    private static readonly SemaphoreSlim Building = new(1);

    /// <summary>The tar of busybox with every applet linked; its command is <c>sh</c>.</summary>
    public static Task<string> BusyboxAsync() => BuildAsync(Busybox, [], "", ["sh"]);

    /// <summary>The tar of an image that serves one page at port 80 of every address.</summary>
    /// <param name="name">The image's name and tag.</param>
    /// <param name="page">What <c>GET /</c> answers.</param>
    public static Task<string> HttpPageAsync(string name, string page) =>
        BuildAsync(name, [("www/index.html", page)], "", ["httpd", "-f", "-p", "80", "-h", "/www"]);

    /// <summary>The tar of an image with files of its own, such as a stand-in for one that cannot be pulled.</summary>
    /// <param name="name">The image's name and tag.</param>
    /// <param name="config">Members of the image's configuration in JSON, such as <c>"User":"1000"</c>; may be empty.</param>
    /// <param name="command">What it runs.</param>
    /// <param name="files">Paths without the leading slash, and contents; all may be executed.</param>
    public static Task<string> StandInAsync(string name, string config, string[] command, params (string Path, string Content)[] files) =>
        BuildAsync(name, files, config, command);

    private static async Task<string> BuildAsync(string name, (string Path, string Content)[] files, string config, string[] command)
    {
        var cache = Directory.CreateDirectory(Path.Combine(LabFolder.Root!, ".images")).FullName;
        var busybox = new FileInfo("/bin/busybox");
        var key = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [name, config, .. command, .. files.Select(file => $"{file.Path}\n{file.Content}"), $"{busybox.Length} {busybox.LastWriteTimeUtc:O}"])));
        var tar = Path.Combine(cache, $"{Convert.ToHexStringLower(key)[..16]}.tar");
        await Building.WaitAsync();
        try
        {
            if (!File.Exists(tar)) await RunRecipeAsync(tar, name, files, config, command);
            return tar;
        }
        finally
        {
            Building.Release();
        }
    }

    private static async Task RunRecipeAsync(string tar, string name, (string Path, string Content)[] files, string config, string[] command)
    {
        var root = Directory.CreateTempSubdirectory("drover-image-").FullName;
        try
        {
            foreach (var (path, content) in files) await WriteAsync(Path.Combine(root, path), content);
            var start = new ProcessStartInfo("bash") { RedirectStandardError = true };
            foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "lab/busybox.sh"), tar, name, root, .. command])
                start.ArgumentList.Add(argument);
            if (config.Length > 0) start.Environment["IMAGE_CONFIG"] = config;
            using var recipe = Process.Start(start)!;
            var error = await recipe.StandardError.ReadToEndAsync();
            await recipe.WaitForExitAsync();
            if (recipe.ExitCode != 0) throw new LabException($"the image {name} was not built: {error}");
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task WriteAsync(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, content);
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }
}
