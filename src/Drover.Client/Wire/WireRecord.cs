using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Drover.Model.Kernel;

namespace Drover.Client.Wire;

/// <summary>Translates one model record type to and from the API's JSON: wire ids are numbers in the model, flat groups are nested there.</summary>
internal sealed class WireRecord
{
    private static readonly ConcurrentDictionary<Type, WireRecord> Known = new();
    private readonly Type _type;
    private readonly Lazy<WireMember[]> _members;

    private WireRecord(Type type)
    {
        _type = type;
        _members = new Lazy<WireMember[]>(() => [.. WireMember.Of(type)]);
    }

    public static WireRecord Of(Type type) => Known.GetOrAdd(type, type => new WireRecord(type));

    /// <summary>The record that a wire object stands for; fields that the record does not have are left out.</summary>
    public object Read(JsonElement wire) => ToModel(wire).Deserialize(_type, ModelJson.Options)!;

    /// <summary>The record as the model's own JSON writes it.</summary>
    public JsonObject ToModel(JsonElement wire)
    {
        var model = new JsonObject();
        if (wire.ValueKind != JsonValueKind.Object) return model;
        foreach (var member in _members.Value) member.Read(wire, model);
        return model;
    }

    /// <summary>What is set in a record beyond the type's initial values, as a wire object.</summary>
    public JsonObject ToWire(object record) => Changes(Activator.CreateInstance(_type)!, record);

    /// <summary>What differs between two records, as a wire object.</summary>
    public JsonObject Changes(object before, object after)
    {
        var wire = new JsonObject();
        Write(after, before, wire);
        return wire;
    }

    public void Write(object record, object? before, JsonObject wire)
    {
        foreach (var member in _members.Value) member.Write(record, before, wire);
    }
}
