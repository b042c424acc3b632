namespace Drover.Agent.Instances;

/// <summary>Names of images: the API writes "docker:nginx:1", the engine "nginx:1".</summary>
public static class ImageName
{
    private const string Prefix = "docker:";

    /// <summary>The engine's name of an image of the API.</summary>
    public static string Of(string imageUuid)
        => imageUuid.StartsWith(Prefix, StringComparison.Ordinal) ? imageUuid[Prefix.Length..] : imageUuid;
}
