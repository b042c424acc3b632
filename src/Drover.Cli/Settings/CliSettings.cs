using System.Text.Json;

namespace Drover.Cli.Settings;

/// <summary>Which server, as whom, in which environment.</summary>
internal sealed record CliSettings(string? Url = null, string? AccessKey = null, string? SecretKey = null, string? Environment = null)
{
    public const string DefaultUrl = "http://127.0.0.1:8080";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Flags come before variables, DROVER_ before RANCHER_, variables before the file.</summary>
    public static CliSettings Resolve(CliSettings flags, Func<string, string?> variable, CliSettings file)
    {
        string? Read(string name) => NonEmpty(variable($"DROVER_{name}")) ?? NonEmpty(variable($"RANCHER_{name}"));
        var url = flags.Url ?? Read("URL");
        var elsewhere = url is not null && file.Url is not null && url != file.Url;
        // A key belongs to its server: one from the file is not shown to another server.
        var keys = elsewhere ? new CliSettings() : file;
        return new CliSettings(
            url ?? file.Url ?? DefaultUrl,
            flags.AccessKey ?? Read("ACCESS_KEY") ?? keys.AccessKey,
            flags.SecretKey ?? Read("SECRET_KEY") ?? keys.SecretKey,
            flags.Environment ?? Read("ENVIRONMENT") ?? keys.Environment);
    }

    /// <summary>Where the file is: DROVER_CONFIG, or drover/cli.json in the person's configuration folder.</summary>
    public static string FileOf(Func<string, string?> variable)
    {
        if (NonEmpty(variable("DROVER_CONFIG")) is { } named) return named;
        var home = NonEmpty(variable("XDG_CONFIG_HOME")) ?? Path.Combine(NonEmpty(variable("HOME")) ?? ".", ".config");
        return Path.Combine(home, "drover", "cli.json");
    }

    /// <summary>Reads the file; an absent one is empty. Throws <see cref="UsageException"/> on rubbish.</summary>
    public static CliSettings Load(string file)
    {
        if (!File.Exists(file)) return new CliSettings();
        try
        {
            return JsonSerializer.Deserialize<CliSettings>(File.ReadAllText(file), Json) ?? new CliSettings();
        }
        catch (Exception wrong) when (wrong is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file} cannot be read: {wrong.Message}");
        }
    }

    /// <summary>Writes the file so that nobody else can read it.</summary>
    public void Save(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.Delete(file);
        using var stream = new FileStream(file, options);
        JsonSerializer.Serialize(stream, this, Json);
    }

    public override string ToString() => $"{Url} {Environment}";

    private static string? NonEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
