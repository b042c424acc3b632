using Drover.Server.Agents;

namespace Drover.Server.Credentials;

/// <summary>The command line that a person copies to a machine to make it a host.</summary>
public static class JoinCommand
{
    private const string Mounts = "-v /var/run/docker.sock:/var/run/docker.sock -v /var/lib/drover:/var/lib/drover";

    /// <summary>
    /// Starts the agent's container. Where this server has the image, the machine first fetches it from here and checks it, so that it
    /// needs to reach nothing else.
    /// </summary>
    /// <param name="image">The agent's image.</param>
    /// <param name="url">Where the agent joins, with the registration token.</param>
    /// <param name="checksum">SHA-256 of the image's file on this server, in hex; null where it comes from a registry.</param>
    public static string Of(string image, string url, string? checksum)
    {
        // The agent answers containers in a network namespace beside the host's own; Docker's socket gives it all else.
        var run = $"docker run -d --name drover-agent --restart=unless-stopped --net=host --cap-add=NET_ADMIN --cap-add=SYS_ADMIN {Mounts} {Safe(image)} {Safe(url)}";
        var server = url.IndexOf("/v1/scripts/", StringComparison.Ordinal);
        if (checksum is null || server < 0) return $"sudo {run}";
        var file = AgentDownloads.ImageFile;
        return "sudo sh -ec 'd=$(mktemp -d); trap \"rm -rf $d\" EXIT; cd $d; "
            + $"curl -fsSO {Safe(url[..server])}{AgentDownloads.Path}{file}; echo \"{checksum}  {file}\" | sha256sum -c; docker load -qi {file}; "
            + $"docker rm -f drover-agent >/dev/null 2>&1 || true; {run}'";
    }

    /// <summary>Text without anything that a shell would act on; what is left out could not be part of an address or an image's name.</summary>
    private static string Safe(string text) => string.Concat(text.Where(letter => char.IsAsciiLetterOrDigit(letter) || "-._:/@[]%+,=".Contains(letter, StringComparison.Ordinal)));
}
