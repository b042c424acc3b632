using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Drover.Model.Kernel;

namespace Drover.Protocol.Tests.Contract;

/// <summary>Messages are a contract with every agent out there: contracts/agent pins them, and frames of each version are kept.</summary>
public sealed class AgentContractTests
{
    public static TheoryData<string> Words => [.. MessageShape.Messages.Select(message => message.Word)];

    public static TheoryData<string, string> Kept
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var file in Directory.GetFiles(Pinned.Folder, "v*-frames.txt"))
            {
                foreach (var frame in File.ReadLines(file)) data.Add(Path.GetFileName(file), frame);
            }

            return data;
        }
    }

    [Fact]
    public void The_messages_are_the_pinned_ones()
        => Pinned.ShouldMatch(
            $"Agent protocol {Wire.Version}: JSON text frames; what is not set is not written.\n\n{string.Join('\n', MessageShape.Records().Select(MessageShape.Text))}",
            $"v{Wire.Version}.txt",
            $"""
            A field that came, and that older agents and servers do without: refresh with {Pinned.Refresh} and review the diff.
            Anything else (a field that went, was renamed, changed its type or became required) needs a new Wire.Version.
            """);

    [Fact]
    public void The_frames_are_the_pinned_ones()
        => Pinned.ShouldMatch(
            string.Concat(MessageShape.Messages.Select(message => Encoding.UTF8.GetString(Encode(Sample.Of(message.Type))) + "\n")),
            $"v{Wire.Version}-frames.txt",
            $"Frames that hold everything changed: refresh with {Pinned.Refresh} where fields only came; keep the file and raise Wire.Version otherwise.");

    [Theory]
    [MemberData(nameof(Kept))]
    public void A_frame_of_every_version_still_spoken_is_understood_whole(string file, string frame)
    {
        var version = int.Parse(file[1..file.IndexOf('-')], System.Globalization.CultureInfo.InvariantCulture);
        if (version < Wire.OldestVersion) return;

        var again = JsonNode.Parse(Encode(Decode(frame)));

        Lost(JsonNode.Parse(frame), again, "").ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Words))]
    public void A_message_with_everything_in_it_comes_out_as_it_went_in(string word)
    {
        var sent = Sample.Of(TypeOf(word));

        Decode(Encoding.UTF8.GetString(Encode(sent))).ShouldBe(sent);
    }

    [Theory]
    [MemberData(nameof(Words))]
    public void A_field_that_a_newer_peer_knows_is_passed_over(string word)
    {
        var frame = JsonNode.Parse(Encode(Sample.Of(TypeOf(word))))!.AsObject();
        frame["somethingNew"] = new JsonObject { ["deep"] = new JsonArray(1, 2) };

        Decode(frame.ToJsonString()).ShouldBe(Sample.Of(TypeOf(word)));
    }

    [Fact]
    public void What_is_not_the_initial_value_is_written_though_it_be_false_or_zero()
    {
        foreach (var record in MessageShape.Records().Where(record => record.GetConstructor(Type.EmptyTypes) is not null))
        {
            var initial = JsonSerializer.Deserialize(Least(record), record, ModelJson.Options)!;
            foreach (var property in MessageShape.Properties(record).Where(property => property.PropertyType.IsValueType))
            {
                var nothing = Activator.CreateInstance(property.PropertyType);
                if (Equals(property.GetValue(initial), nothing)) continue;
                var emptied = JsonSerializer.Deserialize(Least(record), record, ModelJson.Options)!;
                property.SetValue(emptied, nothing);
                var back = JsonSerializer.Deserialize(JsonSerializer.Serialize(emptied, record, ModelJson.Options), record, ModelJson.Options);
                property.GetValue(back).ShouldBe(nothing, $"{record.Name}.{property.Name}");
            }
        }
    }

    [Fact]
    public void No_secret_shows_when_a_message_is_printed()
    {
        new Registered("1h1", "access", "s3cret").ToString().ShouldNotContain("s3cret");
        new RegistryAuth("r:5000", "ann", "s3cret").ToString().ShouldNotContain("s3cret");
    }

    private static Type TypeOf(string word) => MessageShape.Messages.Single(message => message.Word == word).Type;

    private static byte[] Encode(object message) => message switch
    {
        ServerMessage down => Wire.Encode(down),
        StreamNote note => Wire.Encode(note),
        _ => Wire.Encode((AgentMessage)message),
    };

    private static object Decode(string frame)
    {
        var bytes = Encoding.UTF8.GetBytes(frame);
        var word = JsonNode.Parse(frame)!["type"]!.GetValue<string>();
        return typeof(ServerMessage).IsAssignableFrom(TypeOf(word)) ? Wire.DecodeServer(bytes)
            : typeof(StreamNote).IsAssignableFrom(TypeOf(word)) ? Wire.DecodeNote(bytes)
            : Wire.DecodeAgent(bytes);
    }

    /// <summary>The least that a decoder takes for a record: its required members.</summary>
    private static string Least(Type record)
        => new JsonObject(record.GetProperties()
            .Where(property => property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute)))
            .Select(property => KeyValuePair.Create(JsonNamingPolicy.CamelCase.ConvertName(property.Name), (JsonNode?)"text"))).ToJsonString();

    private static IEnumerable<string> Lost(JsonNode? before, JsonNode? after, string path) => before switch
    {
        JsonObject map => map.SelectMany(entry => after is JsonObject other && other.ContainsKey(entry.Key) ? Lost(entry.Value, other[entry.Key], $"{path}/{entry.Key}") : [$"{path}/{entry.Key}"]),
        JsonArray array => array.SelectMany((item, at) => after is JsonArray other && at < other.Count ? Lost(item, other[at], $"{path}/{at}") : [$"{path}/{at}"]),
        _ => JsonNode.DeepEquals(before, after) ? [] : [path],
    };
}
