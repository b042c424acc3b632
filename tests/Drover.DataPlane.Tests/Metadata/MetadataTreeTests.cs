using System.Net;
using System.Text.Json;
using Drover.DataPlane.Metadata;
using Drover.Model.Kernel;
using Drover.Model.Metadata;

namespace Drover.DataPlane.Tests.Metadata;

public sealed class MetadataTreeTests
{
    private const string Web1 = "10.42.0.11";
    private const string Cache1 = "10.42.0.21";
    private const string Lonely = "10.42.0.51";

    [Fact]
    public void A_container_has_the_documented_fields()
        => Keys("/latest/self/container").ShouldBe([
            "create_index", "dns", "dns_search", "environment_uuid", "external_id", "health_check", "health_check_hosts", "health_state", "host_uuid",
            "hostname", "ips", "labels", "links", "memory_reservation", "metadata", "metadata_kind", "milli_cpu_reservation", "name",
            "network_from_container_uuid", "network_uuid", "ports", "primary_ip", "primary_mac_address", "service_index", "service_name", "service_uuid",
            "stack_name", "stack_uuid", "start_count", "state", "system", "uuid"]);

    [Fact]
    public void A_service_has_the_documented_fields()
        => Keys("/latest/self/service").ShouldBe([
            "containers", "create_index", "environment_uuid", "expose", "external_ips", "fqdn", "health_check", "hostname", "kind", "labels", "lb_config",
            "links", "metadata", "metadata_kind", "name", "ports", "primary_service_name", "scale", "sidekicks", "stack_name", "stack_uuid", "state",
            "system", "token", "uuid", "vip"]);

    [Fact]
    public void A_stack_has_the_documented_fields()
        => Keys("/latest/self/stack").ShouldBe(["environment_name", "environment_uuid", "metadata_kind", "name", "services", "system", "uuid"]);

    [Theory]
    [InlineData("/2015-07-25/self/container/create_index", Web1, "1")]
    [InlineData("/2015-12-19/self/container/create_index", Web1, "1")]
    [InlineData("/latest/self/container/primary_ip", Web1, Web1)]
    [InlineData("/latest/self/container/service_index", "10.42.0.12", "2")]
    [InlineData("/latest/self/container/ips/0", Web1, Web1)]
    [InlineData("/latest/self/service/name", Web1, "web")]
    [InlineData("/latest/self/service/sidekicks/0", Web1, "cache")]
    [InlineData("/latest/self/service/name", Cache1, "cache")]
    [InlineData("/latest/self/service/primary_service_name", Cache1, "web")]
    [InlineData("/latest/self/service/uuid", Cache1, "shop")]
    [InlineData("/latest/self/stack/name", Web1, "shop")]
    [InlineData("/latest/self/host/agent_ip", Web1, "192.168.0.21")]
    [InlineData("/latest/containers/shop-db-1/primary_ip", Lonely, "10.42.0.31")]
    [InlineData("/latest/stacks/tools/services/web/containers/0/name", Lonely, "tools-web-1")]
    [InlineData("/latest/hosts/0/name", Lonely, "host1")]
    [InlineData("/latest/name", Lonely, "Default")]
    [InlineData("/latest/uuid", Lonely, "env-1")]
    public void A_path_leads_to_its_value(string path, string source, string expected)
        => Get(path, source).ShouldBe((200, expected));

    [Theory]
    [InlineData("/latest/self/service")]
    [InlineData("/latest/self/stack")]
    [InlineData("/latest/containers/99")]
    [InlineData("/latest/containers/-1")]
    [InlineData("/latest/containers/nobody")]
    [InlineData("/latest/name/deeper")]
    [InlineData("/2015-12-19/environments")]
    [InlineData("/1999-01-01")]
    public void A_path_that_leads_nowhere_is_not_found(string path) => Get(path, Lonely).Status.ShouldBe(404);

    [Fact]
    public void The_host_alone_is_known_to_strangers_once_it_is_known_at_all()
    {
        Get("/latest/self/", "192.168.7.7").ShouldBe((200, "host/\n"));
        Get("/latest/self/", "192.168.7.7", hostUuid: null).ShouldBe((200, ""));
    }

    [Fact]
    public void A_forwarded_for_header_does_not_change_who_asks()
    {
        var request = MetadataRequest.Read("GET /latest/self/container/name HTTP/1.1\r\nX-Forwarded-For: 10.42.0.11"u8).ShouldNotBeNull();

        MetadataAnswers.Answer(request, State("h1"), IPAddress.Parse(Lonely)).Body.ShouldBe("lonely");
    }

    [Fact]
    public void Containers_of_a_service_come_in_the_order_of_their_creation()
        => Get("/latest/services/web/containers", Lonely).Body.ShouldBe("0=shop-web-1\n1=shop-web-2\n");

    [Fact]
    public void The_oldest_version_lists_names_where_the_others_list_objects()
    {
        Json("/2015-07-25/stacks/tools/services", Lonely).ShouldBe("""["web"]""");
        Json("/2015-07-25/services/db/containers", Lonely).ShouldBe("""["shop-db-1"]""");
        JsonDocument.Parse(Json("/2015-12-19/stacks/tools/services", Lonely)).RootElement[0].GetProperty("containers")[0].GetProperty("name").GetString().ShouldBe("tools-web-1");
    }

    [Fact]
    public void Hosts_carry_their_number_in_the_older_versions_only()
    {
        Get("/2015-12-19/hosts/0/hostId", Lonely).Status.ShouldBe(200);
        Get("/latest/hosts/0/hostId", Lonely).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("80:80/tcp", "0.0.0.0:80:80/tcp", "192.168.0.21:80:80/tcp")]
    [InlineData("0.0.0.0:80:80/tcp", "0.0.0.0:80:80/tcp", "192.168.0.21:80:80/tcp")]
    [InlineData("10.1.1.1:80:80/udp", "10.1.1.1:80:80/udp", "10.1.1.1:80:80/udp")]
    public void Ports_have_an_address_in_front(string port, string newest, string older)
    {
        var environment = TestEnvironment.Shop().Container("p", "10.42.0.90", c => c with { Ports = [port] });

        Get("/latest/self/container/ports/0", "10.42.0.90", environment: environment).Body.ShouldBe(newest);
        Get("/2015-07-25/self/container/ports/0", "10.42.0.90", environment: environment).Body.ShouldBe(older);
    }

    [Fact]
    public void What_is_empty_is_null_or_empty_in_json_as_it_always_was()
    {
        Json("/latest/self/container/links", Web1).ShouldBe("null");
        Json("/latest/self/container/ports", Web1).ShouldBe("null");
        Json("/2015-12-19/self/container/ports", Web1).ShouldBe("[]");
        Json("/latest/self/container/labels", Web1).ShouldBe("{}");
        Json("/latest/environments", Web1).ShouldBe("null");
        Json("/latest/networks", Web1).ShouldBe("[]");
    }

    [Fact]
    public void Users_metadata_is_walked_like_everything_else()
    {
        var environment = TestEnvironment.Shop().Service("tools", "web", s => s with { Metadata = new RawJson("""{"List":[{"name":"x","v":1.50},{"uuid":"u","v":1e3}],"big":12345678901234567890,"t":"<ä>\n"}""") });
        string Text(string path) => Get($"/latest/self/service/metadata{path}", "10.42.0.41", environment: environment).Body;

        Text("").ShouldBe("List/\nbig\nt\n");
        Text("/List").ShouldBe("0=x\n1=u\n");
        Text("/List/x/v").ShouldBe("1.5");
        Text("/List/u/v").ShouldBe("1000");
        Text("/big").ShouldBe("12345678901234567890");
        Text("/t").ShouldBe("<ä>\n");
        Json("/latest/self/service/metadata", "10.42.0.41", environment).ShouldBe("""{"List":[{"name":"x","v":1.5},{"uuid":"u","v":1000}],"big":12345678901234567890,"t":"\u003cä\u003e\n"}""");
    }

    [Fact]
    public void Networks_are_listed_with_their_fields()
    {
        var environment = new TestEnvironment(TestEnvironment.Shop().View with { Networks = EquatableMap.Of(("n1", new NetworkView { Uuid = "n1", Name = "managed", IsDefault = true, DefaultPolicyAction = "allow" })) });

        Get("/latest/networks/managed/is_default", Web1, environment: environment).Body.ShouldBe("true");
        Get("/latest/networks/n1", Web1, environment: environment).Body.ShouldBe("default_policy_action\nenvironment_uuid\nhost_ports\nis_default\nmetadata/\nmetadata_kind\nname\npolicy\nuuid\n");
    }

    private static EnvironmentState State(string? hostUuid, TestEnvironment? environment = null)
        => new((environment ?? TestEnvironment.Shop()).Index, "v1", hostUuid, Task.CompletedTask);

    private static (int Status, string Body) Get(string path, string source, string? hostUuid = "h1", TestEnvironment? environment = null)
    {
        var answer = MetadataAnswers.Answer(new MetadataRequest("GET", path), State(hostUuid, environment), IPAddress.Parse(source));
        return (answer.Status, answer.Body);
    }

    private static string Json(string path, string source, TestEnvironment? environment = null)
        => MetadataAnswers.Answer(new MetadataRequest("GET", path, Accept: "application/json"), State("h1", environment), IPAddress.Parse(source)).Body;

    private static IEnumerable<string> Keys(string path) => Get(path, Web1).Body.TrimEnd().Split('\n').Select(k => k.TrimEnd('/'));
}
