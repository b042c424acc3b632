using Drover.Model.Containers;
using Drover.Model.Credentials;
using Drover.Model.Kernel;
using Drover.Model.Registries;
using Drover.Server.Hosts;
using Drover.Store;
using Drover.Testing;

namespace Drover.Server.Tests.Hosts;

public sealed class RegistryCredentialTests : IAsyncDisposable
{
    private readonly ResourceStore _store = new(Catalog.All, new ManualTime(), Guid.NewGuid);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData("docker:nginx", "index.docker.io")]
    [InlineData("docker:library/nginx:1", "index.docker.io")]
    [InlineData("docker:registry.example.com/a/b:1", "registry.example.com")]
    [InlineData("docker:registry.example.com:5000/a", "registry.example.com:5000")]
    [InlineData("docker:localhost/a", "localhost")]
    [InlineData("a.b/c", "a.b")]
    public void The_address_stands_in_front_of_the_image(string image, string address)
        => RegistryCredentials.AddressOf(image).ShouldBe(address);

    [Fact]
    public async Task The_newest_active_credentials_of_the_images_registry_are_taken()
    {
        await AddAsync("registry.example.com", "old", environment: 5);
        await AddAsync("registry.example.com", "new", environment: 5);
        await AddAsync("registry.example.com", "off", environment: 5, state: "inactive");
        await AddAsync("registry.example.com", "foreign", environment: 6);
        await AddAsync("other.example.com", "other", environment: 5);

        For("docker:registry.example.com/app:1")!.Username.ShouldBe("new");
        For("docker:REGISTRY.example.com/app:1")!.Username.ShouldBe("new");
        For("docker:other.example.com/app")!.Username.ShouldBe("other");
        For("docker:nginx").ShouldBeNull();
    }

    [Fact]
    public async Task Docker_hub_is_found_under_its_several_names()
    {
        await AddAsync("docker.io", "me", environment: 5);

        For("docker:me/private").ShouldBe(new Drover.Protocol.RegistryAuth("index.docker.io", "me", "secret"));
    }

    [Fact]
    public void Credentials_never_show_their_secret()
        => new Drover.Protocol.RegistryAuth("a", "b", "hush").ToString().ShouldNotContain("hush");

    private Drover.Protocol.RegistryAuth? For(string image)
        => RegistryCredentials.For(_store.Current, new Container { AccountId = 5, Spec = new ContainerSpec { ImageUuid = image } });

    private Task AddAsync(string address, string user, long environment, string state = "active")
        => _store.WriteAsync(
            tx =>
            {
                var registry = tx.Create(new Registry { AccountId = environment, ServerAddress = address }, new PlainSeen { State = "active", Generation = 1 });
                tx.Create(new RegistryCredential { AccountId = environment, RegistryId = registry.Id, PublicValue = user, SecretValue = "secret" }, new PlainSeen { State = state, Generation = 1 });
            },
            TestContext.Current.CancellationToken);
}
