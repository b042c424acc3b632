using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Model.Metadata;
using Drover.Server.Metadata;

namespace Drover.Server.Tests.Metadata;

public sealed class MetadataContentTests
{
    private static readonly EnvironmentView Shop = new(
        "Default",
        "env",
        EquatableMap.Of(("st", new StackView("st", "Shop", System: false))),
        EquatableMap.Of(
            ("web", new ServiceView { Uuid = "web", Name = "Web", StackUuid = "st", PrimaryServiceName = "Web", Sidekicks = ["Data"], Links = EquatableMap.Of(("database", "db")) }),
            ("web/data", new ServiceView { Uuid = "web/data", Name = "Data", StackUuid = "st", PrimaryServiceName = "Web", Links = EquatableMap.Of(("database", "db")) }),
            ("db", new ServiceView { Uuid = "db", Name = "Db", StackUuid = "st" })),
        EquatableMap.Of(
            ("c1", new ContainerView { Uuid = "c1", Name = "Shop-Web-1", PrimaryIp = "10.42.0.2", HostUuid = "h1", ServiceUuid = "web", Ports = ["80:80/tcp"] }),
            ("c2", new ContainerView { Uuid = "c2", Name = "Shop-Web-Data-1", HostUuid = "h1", ServiceUuid = "web/data" }),
            ("c3", new ContainerView { Uuid = "c3", Name = "alone", HostUuid = "h1", StackUuid = "st", Links = EquatableMap.Of(("front", "c1")) })),
        EquatableMap.Of(("h1", new HostView { Uuid = "h1", Name = "one", AgentIp = "192.168.0.1", HostId = 7 })),
        EquatableMap.Of(("n1", new NetworkView { Uuid = "n1", Name = "ipsec", IsDefault = true })));

    [Fact]
    public async Task Every_object_names_its_kind()
        => (await RowsAsync(Shop, "h1")).Select(row => row.Kind()).ShouldBe(
            ["network", "host", "stack", "service", "service", "service", "container", "container", "container", "serviceContainerLink", "serviceContainerLink", "containerLink", "serviceLink", "environment", "defaultData"],
            ignoreOrder: true);

    [Fact]
    public async Task What_the_reader_fails_without_is_there()
    {
        string[] needed = ["container uuid", "service uuid name stack_uuid stack_name primary_service_name", "stack uuid name", "host uuid", "serviceContainerLink service_uuid service_name container_uuid", "serviceLink service_uuid key value", "containerLink container_uuid key value"];

        var rows = await RowsAsync(Shop, "h1");

        foreach (var words in needed.Select(line => line.Split(' ')))
            foreach (var row in rows.Where(row => row.Kind() == words[0]))
                foreach (var field in words[1..])
                    row.GetProperty(field).ValueKind.ShouldBe(JsonValueKind.String, $"{words[0]}.{field}");
    }

    [Fact]
    public async Task A_container_of_no_service_shows_no_stack_as_the_reader_wants_both()
    {
        var alone = (await RowsAsync(Shop, "h1")).Single(row => Is(row, "container", "c3"));

        alone.GetProperty("stack_uuid").ValueKind.ShouldBe(JsonValueKind.Null);
        alone.GetProperty("service_uuid").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_sidekick_is_linked_by_its_primarys_uuid_and_its_own_name()
    {
        var link = (await RowsAsync(Shop, "h1")).Single(row => row.Kind() == "serviceContainerLink" && row.GetProperty("container_uuid").GetString() == "c2");

        (link.GetProperty("service_uuid").GetString(), link.GetProperty("service_name").GetString()).ShouldBe(("web", "Data"));
    }

    [Fact]
    public async Task A_services_link_is_the_target_by_stack_and_name_with_the_alias_as_its_value()
    {
        var link = (await RowsAsync(Shop, "h1")).Single(row => row.Kind() == "serviceLink");

        (link.GetProperty("service_uuid").GetString(), link.GetProperty("key").GetString(), link.GetProperty("value").GetString()).ShouldBe(("web", "Shop/Db", "database"));
    }

    [Fact]
    public async Task The_last_object_tells_the_version_and_the_askers_host()
    {
        var last = (await RowsAsync(Shop, "h1"))[^1];

        last.GetProperty("version").GetString().ShouldBe("43");
        last.GetProperty("self").GetProperty("host").GetProperty("uuid").GetString().ShouldBe("h1");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gone")]
    public async Task An_asker_on_no_host_gets_no_self(string? hostUuid) => (await RowsAsync(Shop, hostUuid))[^1].TryGetProperty("self", out _).ShouldBeFalse();

    private static bool Is(JsonElement row, string kind, string uuid) => row.Kind() == kind && row.GetProperty("uuid").GetString() == uuid;

    private static async Task<List<JsonElement>> RowsAsync(EnvironmentView view, string? hostUuid)
    {
        using var packed = new MemoryStream();
        await MetadataContent.WriteAsync(packed, view, hostUuid, 43, TestContext.Current.CancellationToken);
        packed.Position = 0;
        return await PackedRows.ReadAsync(packed);
    }
}
