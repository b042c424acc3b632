using System.Collections.Immutable;

namespace Drover.Server.Settings;

/// <summary>Settings of accounts, environments, hosts, the catalog and the page, with the defaults of 1.6 (SET-03 to SET-21).</summary>
internal static class MoreSettings
{
    /// <summary>Who may act on hosts and on what belongs to the platform (ENV-24).</summary>
    public const string InfrastructureRoles = "modify.infrastructure.roles";

    /// <summary>Who may change the members of an environment (ENV-23).</summary>
    public const string MemberRoles = "project.set.member.roles";

    public static ImmutableArray<SettingDefinition> Known { get; } =
    [
        new("access.log", ""),
        new("agent.ping.timeout.seconds", "15"),
        new("allow.restricted.user.exec", "false", IsPublic: true),
        new("api.proxy.allow", "true"),
        new("api.show.removed.for.seconds", "-300"),
        new("api.sub.ping.interval.millis", "5000"),
        new("api.ui.css.url", "", IsPublic: true),
        new("api.ui.index", "", IsPublic: true),
        new("api.ui.js.url", "", IsPublic: true),
        new("auth.service.external.id.types", "github_user,github_org,github_team,shibboleth_user,shibboleth_group,ldap_user,ldap_group"),
        new("catalog.refresh.interval.seconds", "300"),
        new("container.event.max.size", "1000"),
        new("engine.install.url", "https://releases.rancher.com/install-docker/17.03.sh", IsPublic: true),
        new(Services.ServicePorts.Setting, Services.ServicePorts.Default),
        new("graphite.host", ""),
        new("graphite.port", "2003"),
        new("host.remove.delay.seconds", "-1", IsPublic: true),
        new("host.remove.delay.startup.seconds", "900"),
        new("machine.drivers.default", "packet,amazonec2,azure,digitalocean,ubiquity,otc"),
        new(InfrastructureRoles, "superadmin,admin,service,owner,member,project,environment,projectadmin,agent"),
        new("newest.docker.version", "v17.06.0", IsPublic: true),
        new("process_instance.purge.after.seconds", "86400"),
        new(MemberRoles, "owner", IsPublic: true),
        new("project.template.default.name", "Cattle", IsPublic: true),
        new("rancher.cli.darwin.url", "", IsPublic: true),
        new("rancher.cli.linux.url", "", IsPublic: true),
        new("rancher.cli.windows.url", "", IsPublic: true),
        new("rancher.compose.darwin.url", "", IsPublic: true),
        new("rancher.compose.linux.url", "", IsPublic: true),
        new("rancher.compose.windows.url", "", IsPublic: true),
        new("registration.token.period.millis", "315360000000"),
        new("secrets.backend", "localkey", IsPublic: true),
        new("telemetry.opt", "out", IsPublic: true),
        new("ui.feedback.form", "", IsPublic: true),
        new("upgrade.manager", "mandatory", IsPublic: true),
        new("vm.enabled", "false", IsPublic: true),
    ];
}
