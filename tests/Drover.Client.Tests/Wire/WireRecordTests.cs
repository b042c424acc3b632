using System.Text.Json;
using Drover.Client.Wire;
using Drover.Model.Audit;
using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Model.Stacks;

namespace Drover.Client.Tests.Wire;

public sealed class WireRecordTests
{
    [Fact]
    public void Wire_ids_become_numbers_also_in_lists_and_maps()
    {
        var container = Read<Container>("""
            {"id":"1i9","name":"web-1","accountId":"1a5","hostId":"1h3","dataVolumesFrom":["1i7","1i8"],
             "dataVolumeMounts":{"/data":"1v4"},"instanceLinks":{"db":"1i2"}}
            """);
        container.AccountId.ShouldBe(5);
        container.HostId.ShouldBe(3);
        container.Spec.DataVolumesFrom.ShouldBe([7, 8]);
        container.Spec.DataVolumeMounts["/data"].ShouldBe(4);
        container.InstanceLinks["db"].ShouldBe(2);
    }

    [Fact]
    public void What_stands_flat_on_the_wire_is_grouped_in_the_model()
    {
        var service = Read<Service>("""
            {"scale":3,"launchConfig":{"imageUuid":"docker:nginx","ports":["80:80/tcp"],"labels":{"a":"b"},"kind":"container"},
             "secondaryLaunchConfigs":[{"name":"side","imageUuid":"docker:busybox"}],"metadata":{"deep":{"er":[1,2]}}}
            """);
        service.Scale.ShouldBe(3);
        service.LaunchConfig!.Spec.ImageUuid.ShouldBe("docker:nginx");
        service.LaunchConfig.Spec.Ports.ShouldBe(["80:80/tcp"]);
        service.LaunchConfig.Labels["a"].ShouldBe("b");
        service.SecondaryLaunchConfigs.Single().Name.ShouldBe("side");
        service.Metadata!.ToNode()!["deep"]!["er"]![1]!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public void Null_unknown_and_malformed_parts_do_not_stop_the_reading()
    {
        var stack = Read<Stack>("""{"name":null,"madeUp":{"x":1},"accountId":"nonsense","environment":null}""");
        stack.Name.ShouldBeNull();
        stack.AccountId.ShouldBeNull();
        stack.Environment.IsDefault.ShouldBeTrue();
    }

    [Fact]
    public void A_number_that_comes_as_a_text_or_an_id_is_read_as_the_number()
    {
        Read<AuditLog>("""{"resourceId":"1st7"}""").ResourceId.ShouldBe(7);
        Read<AuditLog>("""{"resourceId":"7"}""").ResourceId.ShouldBe(7);
        Read<AuditLog>("""{"resourceId":"a.name"}""").ResourceId.ShouldBeNull();
    }

    [Fact]
    public void Only_what_was_set_is_sent()
    {
        var stack = new Stack { Name = "app", DockerCompose = "web: {image: x}", StartOnCreate = true };
        Write(stack).ShouldBe("""{"dockerCompose":"web: {image: x}","startOnCreate":true,"name":"app"}""");
    }

    [Fact]
    public void Numbers_of_objects_go_out_as_wire_ids()
    {
        var service = new Service { StackId = 10, LaunchConfig = new LaunchConfig { Spec = new ContainerSpec { ImageUuid = "docker:x", DataVolumesFrom = [4] } } };
        var wire = WireRecord.Of(typeof(Service)).ToWire(service);
        wire["stackId"]!.GetValue<string>().ShouldBe("1st10");
        wire["launchConfig"]!["dataVolumesFrom"]!.ToJsonString().ShouldBe("""["1i4"]""");
        wire["launchConfig"]!["imageUuid"]!.GetValue<string>().ShouldBe("docker:x");
        wire["launchConfig"]!["spec"].ShouldBeNull();
    }

    [Fact]
    public void A_change_names_only_what_differs_and_says_null_for_what_was_cleared()
    {
        var before = new Service { Name = "web", Scale = 3, Description = "old", RetainIp = true };
        WireRecord.Of(typeof(Service)).Changes(before, before with { Scale = 0, Description = null }).ToJsonString()
            .ShouldBe("""{"scale":0,"description":null}""");
    }

    [Fact]
    public void Nested_lists_and_maps_of_records_survive_the_round_trip()
    {
        var service = new Service
        {
            Name = "web",
            SecondaryLaunchConfigs = [new SecondaryLaunchConfig { Name = "a" }, new SecondaryLaunchConfig { Name = "b", Labels = EquatableMap.Of(("k", "v")) }],
            LaunchConfig = new LaunchConfig
            {
                Spec = new ContainerSpec
                {
                    Environment = EquatableMap.Of(("A", "1")),
                    BlkioDeviceOptions = EquatableMap.Of(("/dev/sda", new BlkioDeviceOption { Weight = 100 })),
                    RestartPolicy = new RestartPolicy { Name = "on-failure", MaximumRetryCount = 3 },
                },
            },
        };
        Read<Service>(Write(service)).ShouldBe(service);
    }

    private static T Read<T>(string json) => (T)WireRecord.Of(typeof(T)).Read(JsonElement.Parse(json));

    private static string Write<T>(T record) => WireRecord.Of(typeof(T)).ToWire(record!).ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
