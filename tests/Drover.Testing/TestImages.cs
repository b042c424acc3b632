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
    public static Task<string> BusyboxAsync() => BuildAsync(Busybox, null, []);

    /// <summary>The tar of an image that serves one page at port 80 of every address.</summary>
    /// <param name="name">The image's name and tag.</param>
    /// <param name="page">What <c>GET /</c> answers.</param>
    public static Task<string> HttpPageAsync(string name, string page) =>
        BuildAsync(name, page, ["httpd", "-f", "-p", "80", "-h", "/www"]);

    private static async Task<string> BuildAsync(string name, string? page, string[] command)
    {
        var cache = Directory.CreateDirectory(Path.Combine(LabFolder.Root!, ".images")).FullName;
        var busybox = new FileInfo("/bin/busybox");
        var key = SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\n{page}\n{busybox.Length} {busybox.LastWriteTimeUtc:O}"));
        var tar = Path.Combine(cache, $"{Convert.ToHexStringLower(key)[..16]}.tar");
        await Building.WaitAsync();
        try
        {
            if (!File.Exists(tar)) await RunRecipeAsync(tar, name, page, command);
            return tar;
        }
        finally
        {
            Building.Release();
        }
    }

    private static async Task RunRecipeAsync(string tar, string name, string? page, string[] command)
    {
        var files = Directory.CreateTempSubdirectory("drover-image-").FullName;
        try
        {
            if (page is not null)
                await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(files, "www")).FullName, "index.html"), page);
            var start = new ProcessStartInfo("bash") { RedirectStandardError = true };
            foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "lab/busybox.sh"), tar, name, files, .. command])
                start.ArgumentList.Add(argument);
            using var recipe = Process.Start(start)!;
            var error = await recipe.StandardError.ReadToEndAsync();
            await recipe.WaitForExitAsync();
            if (recipe.ExitCode != 0) throw new LabException($"the image {name} was not built: {error}");
        }
        finally
        {
            Directory.Delete(files, recursive: true);
        }
    }
}
