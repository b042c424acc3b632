using System.Text.Json.Nodes;
using Drover.Compose.Codecs;
using Drover.Compose.Files;
using Drover.Compose.Services;

namespace Drover.Compose.Balancers;

/// <summary>
/// Turns a load balancer of 1.0 and 1.1 into port rules: <c>ports</c> and <c>expose</c> are the listening ports (<c>source:target</c>), links are the
/// targets, and the labels <c>io.rancher.loadbalancer.*</c> say which requests go where and which ports terminate SSL.
/// </summary>
internal static class LegacyBalancer
{
    private const int MostRules = 1000;
    private const string TargetLabel = "io.rancher.loadbalancer.target.";
    private const string SslLabel = "io.rancher.loadbalancer.ssl.ports";
    private const string ProxyLabel = "io.rancher.loadbalancer.proxy-protocol.ports";

    public static bool Is(ServiceSource source) => ImageName.Repository(source.Text("image") ?? "") == ImageName.LegacyBalancer;

    public static void Read(ServiceSource source, JsonObject config, JsonObject launchConfig)
    {
        var listeners = Listeners(source);
        var rules = new JsonArray();
        foreach (var rule in ServiceLinks.Of(source).SelectMany(found => Rules(source, found.Link, listeners)).Take(MostRules + 1))
            rules.Add(rule);
        if (rules.Count > MostRules)
            source.Refuse("links", ComposeCodes.MaxLimitExceeded, $"ports and links come to more than {MostRules} rules");
        if (rules.Count > 0)
            config["portRules"] = rules;
        Publish(listeners, launchConfig);
        Options(source, config);
    }

    private static IEnumerable<JsonObject> Rules(ServiceSource source, ServiceLink link, List<Listener> listeners)
    {
        var name = link.Stack is null ? link.Service : $"{link.Stack}/{link.Service}";
        var routes = Routes(source, name, listeners);
        return listeners.SelectMany(listener => routes
            .Where(route => route.SourcePort is null || route.SourcePort == listener.Source)
            .Select(route => route.Rule(listener, name))
            .DistinctBy(rule => rule.ToJsonString()));
    }

    private static List<Listener> Listeners(ServiceSource source)
    {
        var ssl = (source.Label(SslLabel) ?? "").Split(',', StringSplitOptions.TrimEntries);
        var found = new List<Listener>();
        foreach (var key in new[] { "ports", "expose" })
        {
            if (source.Find(key)?.Read(Codec.TextList) is not JsonArray texts)
                continue;
            foreach (var text in texts.Select(text => text!.ToString()))
            {
                foreach (var port in PortSpec.Parse(text).Ports.TakeWhile(_ => found.Count <= PortSpec.MostInRange))
                {
                    var listener = port.Public ?? port.Private;
                    var tcp = text.EndsWith("/tcp", StringComparison.OrdinalIgnoreCase);
                    var terminates = ssl.Contains($"{listener}", StringComparer.Ordinal);
                    found.Add(new Listener(listener, port.Private, (tcp, terminates) switch { (true, true) => "tls", (true, false) => "tcp", (false, true) => "https", _ => "http" }, port, key == "ports"));
                }
            }
        }

        return found;
    }

    /// <summary>HAProxy listens on the source port in its container, so that port is what the host publishes.</summary>
    private static void Publish(List<Listener> listeners, JsonObject launchConfig)
    {
        var ports = listeners.Where(listener => listener.Published).Select(listener => JsonValue.Create((listener.Port with { Private = listener.Source, Protocol = "tcp" }).ToString()));
        launchConfig.Remove("ports");
        if (listeners.Exists(listener => listener.Published))
            launchConfig["ports"] = new JsonArray([.. ports]);
    }

    private static List<Route> Routes(ServiceSource source, string name, List<Listener> listeners)
    {
        if (source.Label(TargetLabel + name) is not { } label)
            return [new Route(null, null, null, null)];
        var routes = new List<Route>();
        foreach (var text in label.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Route.Parse(text) is not { } route)
                source.Refuse("labels", ComposeCodes.InvalidFormat, $"'{text}' is not host:port/path=target");
            else if (route.SourcePort is { } port && !listeners.Exists(listener => listener.Source == port))
                source.Refuse("labels", ComposeCodes.InvalidReference, $"'{text}' names the port {port}, on which the load balancer does not listen");
            else
                routes.Add(route);
        }

        return routes;
    }

    private static void Options(ServiceSource source, JsonObject config)
    {
        if (source.Label(ProxyLabel) is not null)
            source.Warn("labels", ComposeCodes.IgnoredKey, $"{ProxyLabel} has no effect here; put accept-proxy into lb_config's config");
        if (source.Find("load_balancer_config")?.Read(BalancerKeys.Legacy) is not JsonObject legacy)
            return;
        if (legacy["stickinessPolicy"] is { } stickiness)
            config["stickinessPolicy"] ??= stickiness.DeepClone();
        if (legacy["haproxyConfig"] is JsonObject sections)
            config["config"] ??= string.Concat(sections.Select(section => $"{section.Key}\n{section.Value!.ToString().TrimEnd('\n')}\n"));
    }
}

/// <summary>A port on which an old load balancer listens.</summary>
internal sealed record Listener(int Source, int Target, string Protocol, PortSpec Port, bool Published)
{
    public bool ReadsRequests => Protocol is "http" or "https";
}

/// <summary>One rule of a target label: <c>host:sourcePort/path=targetPort</c>, every part optional.</summary>
internal sealed record Route(string? Host, int? SourcePort, string? Path, int? TargetPort)
{
    /// <summary>The rule that the text stands for, or null where it is none; digits alone are a target port.</summary>
    public static Route? Parse(string text)
    {
        var (request, target) = text.Split('=', 2) is [var left, var right] ? (left, Number(right) ?? -1) : (text, (int?)null);
        var slash = request.IndexOf('/', StringComparison.Ordinal);
        var path = slash < 0 ? null : request[slash..];
        var host = slash < 0 ? request : request[..slash];
        int? source = null;
        if (Number(host) is { } alone)
        {
            (host, source) = ("", alone);
            if (target is null && path is null)
                (source, target) = (null, alone);
        }
        else if (host.Split(':', 2) is [var name, var port])
        {
            (host, source) = (name, Number(port) ?? -1);
        }

        var bad = target is < 1 or > 65535 || source is < 1 or > 65535 || host.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('.' or '-' or '*' or '_'));
        return bad ? null : new Route(host.Length > 0 ? host : null, source, path, target);
    }

    /// <summary>The port rule of a listener; one that does not look into requests cannot tell hosts and paths apart.</summary>
    public JsonObject Rule(Listener listener, string service)
    {
        var rule = new JsonObject { ["sourcePort"] = (long)listener.Source, ["protocol"] = listener.Protocol };
        if (Host is not null && listener.ReadsRequests)
            rule["hostname"] = Host;
        if (Path is not null && listener.ReadsRequests)
            rule["path"] = Path;
        rule["serviceId"] = service;
        rule["targetPort"] = (long)(TargetPort ?? listener.Target);
        return rule;
    }

    private static int? Number(string text) => Yaml.YamlScalar.Integer(text) is { } number and >= 0 and <= int.MaxValue ? (int)number : null;
}
