using System.Text.Json.Nodes;

namespace Drover.Compose.Tests;

public sealed class ComposeReferenceTests
{
    private static readonly ComposeReference[] All =
    [
        new("lbConfig/portRules/0/serviceId", "service", null, "web"),
        new("lbConfig/portRules/2/serviceId", "service", "other", "api"),
        new("lbConfig/certificateIds/0", "certificate", null, "a/b"),
        new("lbConfig/defaultCertificateId", "certificate", null, "main"),
        new("launchConfig/secrets/0/secretId", "secret", null, "password"),
        new("secondaryLaunchConfigs/1/secrets/0/secretId", "secret", null, "key"),
    ];

    [Fact]
    public void Every_place_where_an_id_belongs_is_found() => ComposeReference.In(Body()).ShouldBe(All);

    [Fact]
    public void A_body_without_such_places_has_none()
    {
        ComposeReference.In([]).ShouldBeEmpty();
        ComposeReference.In(JsonNode.Parse("""{"lbConfig": null, "launchConfig": {"secrets": null}, "secondaryLaunchConfigs": []}""")!.AsObject()).ShouldBeEmpty();
        ComposeReference.In(JsonNode.Parse("""{"lbConfig": {"portRules": [null, {"serviceId": ""}, {"serviceId": 5}]}}""")!.AsObject()).ShouldBeEmpty();
    }

    [Fact]
    public void Ids_take_the_place_of_names_and_the_service_itself_stays_as_it_is()
    {
        var service = new ComposedService(ServiceKinds.LoadBalancer, "lb", Body(), [], All, []);

        var (body, missing) = service.WithIds(reference => reference.Name == "main" ? null : $"id-of-{reference.Stack}-{reference.Name}");

        missing.ShouldBe([All[3]]);
        body["lbConfig"]!["portRules"]![0]!["serviceId"]!.ToString().ShouldBe("id-of--web");
        body["lbConfig"]!["portRules"]![2]!["serviceId"]!.ToString().ShouldBe("id-of-other-api");
        body["lbConfig"]!["certificateIds"]![0]!.ToString().ShouldBe("id-of--a/b");
        body["lbConfig"]!["defaultCertificateId"]!.ToString().ShouldBe("main");
        body["launchConfig"]!["secrets"]![0]!["secretId"]!.ToString().ShouldBe("id-of--password");
        body["secondaryLaunchConfigs"]![1]!["secrets"]![0]!["secretId"]!.ToString().ShouldBe("id-of--key");
        JsonNode.DeepEquals(service.Body, Body()).ShouldBeTrue();
    }

    private static JsonObject Body() => JsonNode.Parse("""
        {
          "lbConfig": {
            "portRules": [{"serviceId": "web"}, {"selector": "a=b"}, {"serviceId": "other/api"}],
            "certificateIds": ["a/b"],
            "defaultCertificateId": "main"
          },
          "launchConfig": {"secrets": [{"secretId": "password"}]},
          "secondaryLaunchConfigs": [{"name": "none"}, {"name": "side", "secrets": [{"secretId": "key"}]}]
        }
        """)!.AsObject();
}
