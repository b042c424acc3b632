using System.Text.Json.Nodes;
using Drover.Cli.Output;
using Drover.Client.Resources;
using Drover.Compose;
using Drover.Model.Platform;

namespace Drover.Cli.Verbs;

/// <summary>Pulls the images of services on the hosts that have them, and tells how it went on each host.</summary>
internal static class ImagePulls
{
    private const string OfDocker = "docker:";

    /// <summary>True where every host has pulled every image.</summary>
    public static async Task<bool> RunAsync(VerbCall call, IEnumerable<ComposedService> services, TimeSpan limit, CancellationToken cancellation)
    {
        var done = true;
        foreach (var image in services.SelectMany(Images).Distinct(StringComparer.Ordinal))
        {
            var task = await call.Environment.Set<PullTask>().CreateAsync(new PullTask { Image = image, Mode = "cached" }, cancellation);
            var settled = await call.Environment.Set<PullTask>().WaitUntilSettledAsync(task.Id, limit, cancellation);
            done &= !settled.HasFailed;
            Tell(call, image, settled);
        }

        return done;
    }

    private static void Tell(VerbCall call, string image, ApiResource<PullTask> task)
    {
        if (task.HasFailed) call.Error.WriteLine($"drover: {image} is not pulled: {Printable.Of(task.Message)}");
        foreach (var (host, status) in task.Value<Dictionary<string, string>>("status") ?? [])
            call.Error.WriteLine($"{image} on {Printable.Of(host)}: {Printable.Of(status)}");
    }

    private static IEnumerable<string> Images(ComposedService service)
        => (service.Body["secondaryLaunchConfigs"] as JsonArray ?? []).Prepend(service.Body["launchConfig"]).OfType<JsonObject>()
            .Select(config => config["imageUuid"]?.ToString() ?? "")
            .Where(image => image.StartsWith(OfDocker, StringComparison.Ordinal))
            .Select(image => image[OfDocker.Length..]);
}
