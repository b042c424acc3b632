using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Drover.Model.Kernel;

namespace Drover.Protocol.Tests.Contract;

/// <summary>What is on the wire, as text.</summary>
internal static class MessageShape
{
    /// <summary>Every message with its word.</summary>
    public static IEnumerable<(Type Type, string Word, string Direction)> Messages
        => WordsOf(typeof(ServerMessage), "down").Concat(WordsOf(typeof(AgentMessage), "up"))
            .Concat(WordsOf(typeof(StreamNote), "on a stream"));

    /// <summary>Every record that a message may hold, messages first.</summary>
    public static List<Type> Records()
    {
        var records = Messages.Select(message => message.Type).Append(typeof(Registered)).ToList();
        for (var at = 0; at < records.Count; at++)
        {
            foreach (var property in Properties(records[at]))
            {
                var inner = Inner(property.PropertyType);
                if (IsRecord(inner) && !records.Contains(inner)) records.Add(inner);
            }
        }

        return records;
    }

    public static IEnumerable<PropertyInfo> Properties(Type record)
        => record.GetProperties().Where(property => property.CanWrite && property.GetIndexParameters().Length == 0 && property.GetCustomAttribute<JsonIgnoreAttribute>() is not { Condition: JsonIgnoreCondition.Always });

    public static string Text(Type record)
    {
        var word = Messages.Where(message => message.Type == record).Select(message => $" \"{message.Word}\" {message.Direction}").FirstOrDefault();
        var lines = Properties(record)
            .Select(property => $"  {JsonNamingPolicy.CamelCase.ConvertName(property.Name)}: {Name(property.PropertyType)}{(property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute)) ? ", required" : "")}\n")
            .Order(StringComparer.Ordinal);
        return $"{record.Name}{word}\n{string.Concat(lines)}";
    }

    private static IEnumerable<(Type, string, string)> WordsOf(Type family, string direction)
        => family.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(one => (one.DerivedType, (string)one.TypeDiscriminator!, direction));

    private static Type Inner(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return ClrTypes.ElementOf(plain) ?? ClrTypes.ValueOf(plain) ?? plain;
    }

    private static bool IsRecord(Type type) => type.IsClass && type != typeof(string) && type != typeof(RawJson);

    private static string Name(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return ClrTypes.ElementOf(plain) is { } element ? $"[{Name(element)}]"
            : ClrTypes.ValueOf(plain) is { } value ? $"{{{Name(value)}}}"
            : plain.IsEnum ? string.Join(" | ", Enum.GetNames(plain).Select(JsonNamingPolicy.CamelCase.ConvertName))
            : plain == typeof(string) ? "text"
            : plain == typeof(bool) ? "true | false"
            : plain == typeof(DateTimeOffset) ? "time"
            : plain == typeof(RawJson) ? "json"
            : plain.IsPrimitive ? "number"
            : plain.Name;
    }
}
