namespace Drover.Server.Tests.Api;

/// <summary>Gives each test a server of its own.</summary>
public abstract class ApiTest : IAsyncLifetime
{
    protected ApiServer Api { get; } = new();

    /// <summary>Marks a request as one that came through a proxy from elsewhere.</summary>
    protected static (string Name, string Value) Remote { get; } = ("X-Forwarded-For", "10.0.0.1");

    public virtual ValueTask InitializeAsync() => Api.StartAsync();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Api.DisposeAsync();
    }
}
