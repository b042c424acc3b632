using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Drover.DataPlane.Metadata;
using Drover.Model.Kernel;
using Drover.Model.Metadata;

namespace Drover.DataPlane.Tests.Metadata;

/// <summary>Requests and answers recorded from rancher-metadata v0.10.4, one file each: the request, who asks, and what was answered.</summary>
public sealed class RecordedAnswersTests
{
    private static readonly EnvironmentState State = new(Recorded().Index, "d5e6e02f-cd21-476e-8928-0e8679007659", "h-uuid-1", Task.CompletedTask);

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder(), "*.txt").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void What_was_recorded_is_answered_to_the_byte(string file)
    {
        var text = File.ReadAllText(Path.Combine(Folder(), file + ".txt"));
        var (asked, expected) = (text[..text.IndexOf("\n\n", StringComparison.Ordinal)], text[(text.IndexOf("\n\n", StringComparison.Ordinal) + 2)..]);
        var lines = asked.Split('\n');
        var source = IPAddress.Parse(lines[1]["From: ".Length..]);

        var request = MetadataRequest.Read(Encoding.Latin1.GetBytes($"{lines[0]} HTTP/1.1\r\nHost: x\r\n{string.Join("\r\n", lines[2..])}".TrimEnd())).ShouldNotBeNull();
        var answer = MetadataAnswers.Answer(request, State, source);
        var bytes = answer.ToBytes(DateTimeOffset.UnixEpoch, request.Method == "HEAD", keepsAlive: true);

        var actual = Encoding.UTF8.GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal).Replace("Date: Thu, 01 Jan 1970 00:00:00 GMT\n", "", StringComparison.Ordinal);
        actual.ShouldBe(expected);
    }

    /// <summary>The environment that was behind the recording.</summary>
    private static TestEnvironment Recorded()
    {
        var environment = new TestEnvironment(EnvironmentView.Empty with { Name = "Default", Uuid = "env-uuid-1" })
            .Host("h-uuid-1", "host1", "192.168.0.21")
            .Stack("s-uuid-1", "MyStack")
            .Service("s-uuid-1", "web", s => s with
            {
                Uuid = "web-uuid",
                Labels = EquatableMap.Of(("a/b", "slash"), ("io.rancher.scheduler.global", "true")),
                Links = EquatableMap.Of(("Database", "db-uuid")),
                Metadata = new RawJson("""{"Foo":{"bar":[1,2.5,true,null,"x"]}}"""),
            })
            .Service("s-uuid-1", "db", s => s with { Uuid = "db-uuid" })
            .Member("web-uuid", "MyStack-Web-1", "10.42.1.5", c => c with { Uuid = "c-uuid-1", HostUuid = "h-uuid-1", Ports = ["8080:80/tcp"] })
            .Member("web-uuid", "MyStack-Web-2", "10.42.2.6", c => c with { Uuid = "c-uuid-2", HostUuid = "h-uuid-1" })
            .Member("db-uuid", "MyStack-db-1", "10.42.1.7", c => c with { Uuid = "c-uuid-3", HostUuid = "h-uuid-1" });
        var host = environment.View.Hosts["h-uuid-1"] with { Labels = EquatableMap.Of(("region", "eu")), Memory = 4294967296, MilliCpu = 2000, LocalStorageMb = 40000 };
        return new TestEnvironment(environment.View with { Hosts = EquatableMap.Of(("h-uuid-1", host)) });
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "recorded");
}
