using Drover.Compose.Codecs;

namespace Drover.Compose.Balancers;

/// <summary>The records of <c>lb_config</c>: of a load balancer, and of a service that a balancer's selector finds.</summary>
internal static class BalancerKeys
{
    public static readonly RecordCodec Stickiness = new(
        new ComposeKey("name", "name", Codec.Text),
        new ComposeKey("cookie", "cookie", Codec.Text),
        new ComposeKey("domain", "domain", Codec.Text),
        new ComposeKey("indirect", "indirect", Codec.Boolean),
        new ComposeKey("nocache", "nocache", Codec.Boolean),
        new ComposeKey("postonly", "postonly", Codec.Boolean),
        new ComposeKey("mode", "mode", new OptionCodec("rewrite", "insert", "prefix")));

    /// <summary>A rule of a load balancer; the target's name stands where its id belongs.</summary>
    private static readonly RecordCodec Rule = new(
        new ComposeKey("source_port", "sourcePort", Codec.Port, Required: true),
        new ComposeKey("protocol", "protocol", new OptionCodec("http", "tcp", "https", "tls", "sni", "udp")),
        new ComposeKey("hostname", "hostname", Codec.Text),
        new ComposeKey("path", "path", Codec.Text),
        new ComposeKey("service", "serviceId", Codec.Text),
        new ComposeKey("selector", "selector", Codec.Text),
        new ComposeKey("target_port", "targetPort", Codec.Port),
        new ComposeKey("priority", "priority", Codec.Between(1, int.MaxValue)),
        new ComposeKey("backend_name", "backendName", Codec.Text),
        new ComposeKey("environment", "environment", Codec.Text),
        new ComposeKey("region", "region", Codec.Text),
        new ComposeKey("weight", "weight", Codec.Between(0, 256)));

    public static readonly RecordCodec Balancer = new(
        new ComposeKey("port_rules", "portRules", new ListOfCodec(Rule)),
        new ComposeKey("certs", "certificateIds", Codec.TextList),
        new ComposeKey("default_cert", "defaultCertificateId", Codec.Text),
        new ComposeKey("config", "config", Codec.Text),
        new ComposeKey("stickiness_policy", "stickinessPolicy", Stickiness));

    public static readonly RecordCodec Target = new(
        new ComposeKey("port_rules", "portRules", new ListOfCodec(new RecordCodec(
            new ComposeKey("hostname", "hostname", Codec.Text),
            new ComposeKey("path", "path", Codec.Text),
            new ComposeKey("target_port", "targetPort", Codec.Port, Required: true),
            new ComposeKey("backend_name", "backendName", Codec.Text)))));

    /// <summary>What <c>load_balancer_config</c> of 1.0 and 1.1 holds.</summary>
    public static readonly RecordCodec Legacy = new(
        new ComposeKey("name", "name", Codec.Text),
        new ComposeKey("haproxy_config", "haproxyConfig", new RecordCodec(
            new ComposeKey("global", "global", Codec.Text),
            new ComposeKey("defaults", "defaults", Codec.Text))),
        new ComposeKey("lb_cookie_stickiness_policy", "stickinessPolicy", Stickiness),
        new ComposeKey("app_cookie_stickiness_policy", "appCookieStickinessPolicy", new IgnoredCodec()));
}
