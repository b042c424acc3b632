using Drover.Server.Agents;

namespace Drover.Server.Tests.Agents;

public sealed class ServiceAccountSecretsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("drover-keys-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_same_folder_gives_the_same_secrets_after_a_start_and_another_folder_others()
    {
        var first = new ServiceAccountSecrets(_folder.FullName, IdSource.System).Of("ABC");

        new ServiceAccountSecrets(_folder.FullName, IdSource.System).Of("ABC").ShouldBe(first);
        new ServiceAccountSecrets(_folder.FullName, IdSource.System).Of("ABD").ShouldNotBe(first);
        new ServiceAccountSecrets(null, IdSource.System).Of("ABC").ShouldNotBe(first);
    }

    [Fact]
    public void The_key_is_for_the_servers_account_alone()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no such modes");
        new ServiceAccountSecrets(_folder.FullName, IdSource.System).Of("ABC");

        File.GetUnixFileMode(Path.Combine(_folder.FullName, ServiceAccountSecrets.FileName)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
