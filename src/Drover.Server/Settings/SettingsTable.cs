using System.Collections.Frozen;
using System.Collections.Immutable;
using Drover.Model.Settings;
using Drover.Store;

namespace Drover.Server.Settings;

/// <summary>A setting that the server knows.</summary>
/// <param name="Name">Its id on the wire.</param>
/// <param name="Default">The value where nobody set one.</param>
/// <param name="IsPublic">True where everybody may read it.</param>
/// <param name="IsSecret">True where nobody but internal services sees the value.</param>
public sealed record SettingDefinition(string Name, string Default, bool IsPublic = false, bool IsSecret = false);

/// <summary>All known settings, and the value that holds: the stored one, else that of the process's environment, else the default (api-semantics.md section 12).</summary>
public static class SettingsTable
{
    /// <summary>In the order of their names.</summary>
    public static ImmutableArray<SettingDefinition> Known { get; } = [.. new SettingDefinition[]
    {
        new("api.host", "", IsPublic: true),
        new("api.interceptor.config", ""),
        new(Proxies.ProxyWhitelist.Setting, "*.amazonaws.com,*.amazonaws.com.cn,forums.rancher.com,api.exoscale.ch,api.ubiquityhosting.com,api.digitalocean.com,*.otc.t-systems.com,api.profitbricks.com", IsPublic: true),
        new("audit_log.purge.after.seconds", "2592000"),
        new("bootstrap.required.image", "drover/agent", IsPublic: true),
        new("catalog.url", "", IsPublic: true),
        new("default.network", NetworkDefault),
        new(Streams.DockerSocketSwitch.Setting, "true"),
        new("events.purge.after.seconds", "1209600"),
        new("host.proxy.jwt.expiration.seconds", "57600"),
        new("jwt.default.expiration.seconds", "300"),
        new("lb.instance.image", "drover/balancer", IsPublic: true),
        new("localization", "", IsPublic: true),
        new("main_tables.purge.after.seconds", "172800"),
        new("manage.nonrancher.containers", "true"),
        new("project.network.address", "10.42.0.0/16"),
        new("rancher.compose.version", "v0.12.5", IsPublic: true),
        new("rancher.server.image", "drover/server", IsPublic: true),
        new("rancher.server.version", "v1.6.30", IsPublic: true),
        new("registry.default", "", IsPublic: true),
        new("registry.whitelist", "", IsPublic: true),
        new("service_log.purge.after.seconds", "1209600"),
        new("supported.docker.range", "~v1.12.3 || ~v1.13.0 || ~v17.03.0 || >=v17.06.0", IsPublic: true),
        new("ui.pl", "rancher", IsPublic: true),
        new("ui.show.custom.host", "true", IsPublic: true),
        new("ui.show.system", "always", IsPublic: true),
    }.Concat(MoreSettings.Known).Concat(SignIn.SignInSettings.Known).OrderBy(s => s.Name, StringComparer.Ordinal)];

    private const string NetworkDefault = "managed";

    private static readonly FrozenDictionary<string, SettingDefinition> ByName = Known.ToFrozenDictionary(s => s.Name, StringComparer.Ordinal);

    /// <summary>What is known of a setting; null where nothing is.</summary>
    public static SettingDefinition? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The value that holds; null for unknown settings that nobody stored.</summary>
    public static string? Value(Snapshot view, string name)
        => Stored(view, name) is { } stored ? stored.SecretValue ?? stored.Value : SettingEnvironment.Find(name) ?? Find(name)?.Default;

    /// <summary>True where a setting holds "true".</summary>
    public static bool IsOn(Snapshot view, string name) => Value(view, name) is "true";

    /// <summary>Stores a value; that of a secret setting where no answer shows it.</summary>
    public static void Set(WriteTx tx, string name, string? value)
    {
        var row = Stored(tx.View, name) ?? new Setting { Name = name };
        row = Find(name) is { IsSecret: true } ? row with { Value = null, SecretValue = value } : row with { Value = value };
        if (row.Id > 0) tx.Put(row);
        else tx.Create(row);
    }

    /// <summary>The stored row; null where nobody set the setting.</summary>
    public static Setting? Stored(Snapshot view, string name)
        => (Setting?)view.By<Setting>("name", name).FirstOrDefault(e => !e.IsRemoved)?.Wanted;
}
