using System.Buffers;
using System.Text.Json;
using Drover.Protocol;

namespace Drover.Server.Streams.Stats;

/// <summary>Writes figures as 1.6's frames have them (ui.md section 2.6), with what was wrong there put right: user time is the user's, and `memory.limit` is there.</summary>
public static class StatsWriter
{
    private static readonly JsonWriterOptions Plain = new() { SkipValidation = true };

    /// <summary>One element of a frame.</summary>
    public static byte[] Element(string wireId, StatsSample sample)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("id", wireId);
            json.WriteString("resourceType", sample.Container is null ? "host" : "container");
            json.WriteNumber("memLimit", sample.MemoryLimit);
            json.WriteString("timestamp", sample.Time.UtcDateTime);
            WriteCpu(json, sample.Cpu);
            WriteDisks(json, sample);
            WriteNetwork(json, sample);
            json.WriteStartObject("memory");
            json.WriteNumber("usage", sample.MemoryUsage);
            json.WriteNumber("limit", sample.MemoryLimit);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A frame: a JSON array of elements.</summary>
    public static byte[] Frame(IReadOnlyList<byte[]> elements)
    {
        var frame = new byte[elements.Sum(element => element.Length + 1) + 1];
        var at = 0;
        foreach (var element in elements)
        {
            frame[at] = (byte)(at == 0 ? '[' : ',');
            element.CopyTo(frame, at + 1);
            at += element.Length + 1;
        }

        frame[at] = (byte)']';
        return frame;
    }

    private static void WriteCpu(Utf8JsonWriter json, CpuUse cpu)
    {
        json.WriteStartObject("cpu");
        json.WriteStartObject("usage");
        json.WriteNumber("total", cpu.Total);
        json.WriteStartArray("per_cpu_usage");
        foreach (var one in cpu.PerCpu) json.WriteNumberValue(one);
        json.WriteEndArray();
        json.WriteNumber("user", cpu.User);
        json.WriteNumber("system", cpu.System);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteDisks(Utf8JsonWriter json, StatsSample sample)
    {
        json.WriteStartObject("diskio");
        json.WriteStartArray("io_service_bytes");
        foreach (var disk in sample.Disks)
        {
            json.WriteStartObject();
            json.WriteNumber("major", disk.Major);
            json.WriteNumber("minor", disk.Minor);
            json.WriteStartObject("stats");
            json.WriteNumber("Read", disk.Read);
            json.WriteNumber("Write", disk.Write);
            json.WriteNumber("Total", disk.Read + disk.Write);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The first interface stands beside the list of all, as 1.6 has it.</summary>
    private static void WriteNetwork(Utf8JsonWriter json, StatsSample sample)
    {
        json.WriteStartObject("network");
        if (sample.Interfaces.Count > 0) WriteInterface(json, sample.Interfaces.Items[0]);
        json.WriteStartArray("interfaces");
        foreach (var one in sample.Interfaces)
        {
            json.WriteStartObject();
            WriteInterface(json, one);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteInterface(Utf8JsonWriter json, NetworkUse one)
    {
        json.WriteString("name", one.Name);
        json.WriteNumber("rx_bytes", one.RxBytes);
        json.WriteNumber("rx_packets", one.RxPackets);
        json.WriteNumber("rx_errors", one.RxErrors);
        json.WriteNumber("rx_dropped", one.RxDropped);
        json.WriteNumber("tx_bytes", one.TxBytes);
        json.WriteNumber("tx_packets", one.TxPackets);
        json.WriteNumber("tx_errors", one.TxErrors);
        json.WriteNumber("tx_dropped", one.TxDropped);
    }
}
