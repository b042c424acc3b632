using System.Text.Json.Nodes;
using Drover.Compose.Codecs;
using Drover.Compose.Files;

namespace Drover.Compose.Services;

/// <summary>Reads where a container's output goes: <c>logging</c> of version 2, <c>log_driver</c> and <c>log_opt</c> of version 1.</summary>
internal static class LogConfig
{
    public static readonly RecordCodec Logging = new(new ComposeKey("driver", "driver", Codec.Text), new ComposeKey("options", "config", Codec.TextMap));

    public static JsonNode? Read(ServiceSource source)
    {
        var config = source.Find("logging")?.Read(Logging) as JsonObject ?? [];
        if (source.Find("log_driver")?.Read(Codec.Text) is { } driver)
            config["driver"] = driver;
        if (source.Find("log_opt")?.Read(Codec.TextMap) is { } options)
            config["config"] = options;
        return config.Count > 0 ? config : null;
    }
}
