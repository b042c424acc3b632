using Drover.Model.Containers;
using Drover.Model.Credentials;
using Drover.Model.Registries;
using Drover.Protocol;
using Drover.Store;

namespace Drover.Server.Hosts;

/// <summary>Finds the credentials of an image's registry in an environment (REG-02, REG-04).</summary>
public static class RegistryCredentials
{
    private const string DockerHub = "index.docker.io";

    /// <summary>The newest active credentials for the container's image; null where there are none.</summary>
    public static RegistryAuth? For(Snapshot view, Container container)
    {
        if (container.Spec.ImageUuid is not { } image || container.AccountId is not { } environment) return null;
        if (container.Spec.RegistryCredentialId is { } chosen && view.Find<RegistryCredential>(chosen) is { State: "active" } own)
            return Auth(view.Get<Registry>(((RegistryCredential)own.Wanted).RegistryId)?.ServerAddress ?? AddressOf(image), (RegistryCredential)own.Wanted);
        return For(view, environment, image);
    }

    /// <summary>The newest active credentials for an image in an environment; null where there are none.</summary>
    public static RegistryAuth? For(Snapshot view, long environment, string image)
    {
        var address = AddressOf(image);
        return view.By<Registry>("accountId", environment)
            .Where(registry => registry.State == "active" && Same(((Registry)registry.Wanted).ServerAddress, address))
            .SelectMany(registry => view.By<RegistryCredential>("registryId", registry.Id))
            .Where(credential => credential.State == "active")
            .OrderByDescending(credential => credential.Id)
            .Select(credential => Auth(address, (RegistryCredential)credential.Wanted))
            .FirstOrDefault();
    }

    /// <summary>The server address in an image's name; Docker Hub's where it names none.</summary>
    public static string AddressOf(string imageUuid)
    {
        var image = imageUuid.StartsWith("docker:", StringComparison.Ordinal) ? imageUuid["docker:".Length..] : imageUuid;
        var slash = image.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : image[..slash];
        return first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost" ? first : DockerHub;
    }

    private static bool Same(string? registered, string address)
        => registered is not null && (registered.Equals(address, StringComparison.OrdinalIgnoreCase)
            || (address == DockerHub && registered is "docker.io" or "registry-1.docker.io" or "https://index.docker.io/v1/"));

    private static RegistryAuth? Auth(string address, RegistryCredential credential)
        => credential is { PublicValue: { } user, SecretValue: { } secret } ? new RegistryAuth(address, user, secret) : null;
}
