namespace Drover.Integration.Harness;

/// <summary>What tests run in containers.</summary>
internal static class Workloads
{
    /// <summary>Busybox as the API names an image.</summary>
    public const string Busybox = $"docker:{TestImages.Busybox}";

    /// <summary>Does nothing and ends at once when it is asked to.</summary>
    public static readonly string[] Idle = ["sh", "-c", "trap 'exit 0' TERM; while :; do sleep 3600 & wait; done"];

    /// <summary>Serves at port 80 what a shell prints.</summary>
    public static string[] Page(string prints) => ["sh", "-c", $"mkdir -p /www; ({prints}) >/www/index.html; exec httpd -f -p 80 -h /www"];

    /// <summary>The same as a line of a compose file.</summary>
    public const string IdleCommand = """["sh", "-c", "trap 'exit 0' TERM; while :; do sleep 3600 & wait; done"]""";

    /// <summary>A name that no other test uses.</summary>
    public static string Name(string what) => $"{what}-{Guid.NewGuid().ToString("N")[..8]}";
}
