using System.Text.Json.Nodes;
using Drover.Compose.Yaml;

namespace Drover.Compose.Codecs;

/// <summary>Published ports; ranges become single ports, and no host port may be taken twice.</summary>
internal sealed class PortListCodec : TextListCodec
{
    public override JsonNode? Read(YamlNode node, Spot spot)
    {
        var ports = base.Read(node, spot) as JsonArray;
        if (ports is null)
            return null;
        if (ports.Count > PortSpec.MostInRange)
        {
            spot.Refuse(node, ComposeCodes.MaxLimitExceeded, $"publishes more than {PortSpec.MostInRange} ports");
            return null;
        }

        foreach (var twice in Specs(ports).Where(port => port.Public is not null).GroupBy(port => (port.Address, port.Public, port.Protocol)).Where(group => group.Count() > 1))
            spot.Refuse(node, ComposeCodes.NotUnique, $"publishes the host port {twice.Key.Public}/{twice.Key.Protocol} twice");
        return ports;
    }

    /// <summary>The ports of a list in the API's form; texts of another form are left out.</summary>
    public static IEnumerable<PortSpec> Specs(JsonNode? ports) =>
        ports is JsonArray list ? list.SelectMany(text => PortSpec.Parse(text?.ToString() ?? "").Ports) : [];

    protected override void Add(JsonArray texts, YamlScalar item, Spot spot)
    {
        if (texts.Count > PortSpec.MostInRange)
            return;
        var (ports, error) = PortSpec.Parse(item.Text);
        if (error is not null)
            spot.Refuse(item, ComposeCodes.InvalidFormat, error);
        foreach (var port in ports)
            texts.Add(port.ToString());
    }
}

/// <summary>Ports that only linked services reach: <c>80</c>, <c>80/udp</c>, <c>8000-8010</c>.</summary>
internal sealed class ExposeListCodec : TextListCodec
{
    protected override void Add(JsonArray texts, YamlScalar item, Spot spot)
    {
        var (ports, error) = item.Text.Contains(':', StringComparison.Ordinal) ? ([], $"'{item.Text}' is not a port") : PortSpec.Parse(item.Text);
        if (error is not null)
            spot.Refuse(item, ComposeCodes.InvalidFormat, error);
        else
            texts.Add(ports.Count == 1 && ports[0].Protocol == "tcp" ? item.Text.Split('/')[0] : item.Text);
    }
}
