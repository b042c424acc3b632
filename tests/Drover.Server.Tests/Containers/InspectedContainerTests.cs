using System.Text.Json;
using Drover.Model.Containers;
using Drover.Server.Containers;
using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Containers;

public sealed class InspectedContainerTests : ApiTest
{
    [Fact]
    public void What_inspect_says_becomes_a_launch_config()
    {
        const string Inspected = """
            {"Name":"/web","Config":{"Image":"nginx","Cmd":["a","b"],"Env":["A=b","C","A=d"],"Labels":{"x":"y"},"Tty":true,"Volumes":{"/data":{},"/own":{}}},
             "HostConfig":{"Binds":["vol:/data"],"PortBindings":{"80/tcp":[{"HostPort":"8080"},{"HostIp":"127.0.0.1","HostPort":"81"}],"53/udp":[{}]},
             "LogConfig":{"Type":"syslog","Config":{"tag":"t"}},"RestartPolicy":{"Name":"on-failure","MaximumRetryCount":3},"Memory":1024,"CpuShares":0,
             "Devices":[{"PathOnHost":"/dev/fuse"}],"NetworkMode":"default","Privileged":true,"ConsoleSize":[0,0]}}
            """;

        var config = InspectedContainer.ToLaunchConfig(JsonDocument.Parse(Inspected).RootElement);

        config.Spec.ImageUuid.ShouldBe("docker:nginx");
        config.Spec.Command.ShouldBe(["a", "b"]);
        config.Spec.Environment.Items.ShouldBe([new("A", "d"), new("C", "")]);
        config.Spec.Ports.ShouldBe(["8080:80/tcp", "127.0.0.1:81:80/tcp", "53/udp"]);
        config.Spec.DataVolumes.ShouldBe(["vol:/data", "/own"]);
        config.Spec.Devices.ShouldBe(["/dev/fuse:/dev/fuse:rwm"]);
        config.Spec.LogConfig!.Driver.ShouldBe("syslog");
        config.Spec.RestartPolicy!.MaximumRetryCount.ShouldBe(3);
        config.Spec.Memory.ShouldBe(1024);
        config.Spec.CpuShares.ShouldBeNull();
        config.Spec.NetworkMode.ShouldBe("managed");
        config.Spec.Privileged.ShouldBeTrue();
        config.Labels.Find("x").ShouldBe("y");
    }

    [Fact]
    public void Limits_are_taken_over()
    {
        const string Inspected = """
            {"HostConfig":{"Ulimits":[{"Name":"nofile","Soft":100,"Hard":200},{"Name":"core","Soft":0,"Hard":0},{"Soft":1}],"OomKillDisable":true,"MemorySwappiness":10,
             "BlkioWeightDevice":[{"Path":"/dev/sda","Weight":200}],"BlkioDeviceReadBps":[{"Path":"/dev/sda","Rate":1024}],"BlkioDeviceWriteIOps":[{"Path":"/dev/sdb","Rate":5}],
             "CpuCount":2,"CpuPercent":0,"Isolation":"hyperv","UsernsMode":"host","StorageOpt":{"size":"1G"},"Init":true}}
            """;

        var spec = InspectedContainer.ToLaunchConfig(JsonDocument.Parse(Inspected).RootElement).Spec;

        spec.Ulimits.ShouldBe([new Ulimit { Name = "nofile", Soft = 100, Hard = 200 }, new Ulimit { Name = "core", Soft = 0, Hard = 0 }]);
        spec.BlkioDeviceOptions.Find("/dev/sda").ShouldBe(new BlkioDeviceOption { Weight = 200, ReadBps = 1024 });
        spec.BlkioDeviceOptions.Find("/dev/sdb").ShouldBe(new BlkioDeviceOption { WriteIops = 5 });
        spec.ShouldSatisfyAllConditions(
            s => s.OomKillDisable.ShouldBe(true), s => s.MemorySwappiness.ShouldBe(10), s => s.CpuCount.ShouldBe(2), s => s.CpuPercent.ShouldBeNull(),
            s => s.Isolation.ShouldBe("hyperv"), s => s.UsernsMode.ShouldBe("host"), s => s.StorageOpt.Find("size").ShouldBe("1G"), s => s.RunInit.ShouldBeTrue());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"Config":5,"HostConfig":[]}""")]
    [InlineData("""{"Config":{"Env":{"a":1},"Cmd":"text","Labels":[1]},"HostConfig":{"PortBindings":{"80/tcp":7},"Devices":[1],"Memory":"much"}}""")]
    public void What_is_of_another_type_is_left_out(string inspected)
        => InspectedContainer.ToLaunchConfig(JsonDocument.Parse(inspected).RootElement).Spec.Command.IsDefault.ShouldBeTrue();

    [Fact]
    public async Task Clients_of_1_6_find_a_log_config_in_the_answer_in_every_version_inside_and_outside_of_a_projects_scope()
    {
        const string Recorded = """{"Name":"/web","Config":{"ExposedPorts":{},"Image":"nginx"},"HostConfig":{"LogConfig":{},"PortBindings":{"80/tcp":[{"HostPort":"8080"}]},"RestartPolicy":{},"ConsoleSize":[0,0]}}""";

        foreach (var root in new[] { Api.Root, Api.Project, Api.Root.Replace("v2-beta", "v1", StringComparison.Ordinal) })
        {
            var reply = await Api.PostAsync(root + "/scripts/transform", Recorded);

            reply.Status.ShouldBe(200, reply.Text);
            reply.Json.GetProperty("logConfig").ValueKind.ShouldBe(JsonValueKind.Object);
            reply.Json.GetProperty("imageUuid").GetString().ShouldBe("docker:nginx");
            reply.Json.GetProperty("ports")[0].GetString().ShouldBe("8080:80/tcp");
        }

        (await Api.PostAsync(Api.Root + "/scripts/transform", "[]")).Status.ShouldBe(400);
        (await Api.PostAsync(Api.Root + "/scripts/transform", "{}", Remote)).Status.ShouldBe(401);
    }
}
