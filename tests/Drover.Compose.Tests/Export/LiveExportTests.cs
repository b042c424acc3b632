using System.Text.Json.Nodes;

namespace Drover.Compose.Tests.Export;

/// <summary>Exporting what the API shows of running services: defaults, nulls, ids and all.</summary>
public sealed class LiveExportTests
{
    private const string Web = """
        {
          "id": "1s7", "type": "service", "baseType": "service", "name": "web", "state": "active", "accountId": "1a5", "stackId": "1st3",
          "scale": 2, "currentScale": 2, "startOnCreate": true, "retainIp": false, "system": false, "vip": null, "scalePolicy": null, "selectorLink": null,
          "metadata": {"io.rancher.service.hash": "ef6f", "owner": "us", "cost": "$5"}, "lbConfig": null, "upgrade": null, "healthState": "healthy",
          "launchConfig": {
            "type": "launchConfig", "kind": "container", "imageUuid": "docker:example/web:1", "networkMode": "managed", "vcpu": 1, "version": "0",
            "privileged": false, "tty": false, "stdinOpen": false, "readOnly": false, "runInit": false, "publishAllPorts": false, "startOnCreate": true,
            "drainTimeoutMs": 0, "instanceTriggeredStop": "stop", "logConfig": {"type": "logConfig", "config": {}, "driver": ""}, "dataVolumes": [], "environment": {"PRICE": "$5", "ON": "true"},
            "ports": ["8080:80/tcp"], "labels": {"io.rancher.service.hash": "7e74", "io.rancher.container.pull_image": "always"}, "command": ["sh", "-c", "echo \"$HOME\""],
            "healthCheck": {"type": "instanceHealthCheck", "port": 80, "requestLine": "GET / \"HTTP/1.0\"", "interval": 2000, "strategy": "recreate", "name": null, "recreateOnQuorumStrategyConfig": null},
            "restartPolicy": {"type": "restartPolicy", "name": "always"}, "dataVolumesFromLaunchConfigs": ["data"], "secrets": [{"secretId": "1se1", "name": "tls.pem", "uid": "0", "gid": "0", "mode": "444"}]
          },
          "secondaryLaunchConfigs": [
            {"type": "secondaryLaunchConfig", "name": "data", "imageUuid": "docker:busybox", "networkMode": "none", "dataVolumes": ["html:/html"], "labels": {"io.rancher.container.start_once": "true"}}
          ],
          "links": {"self": "http://x/v2-beta/services/1s7"}, "actions": {"upgrade": "http://x"}
        }
        """;

    private const string Balancer = """
        {
          "type": "loadBalancerService", "name": "lb", "scale": 1, "startOnCreate": false,
          "launchConfig": {"imageUuid": "docker:rancher/lb-service-haproxy:v0.9.1", "ports": ["80:80/tcp"], "networkMode": "managed"},
          "lbConfig": {"type": "lbConfig", "certificateIds": ["1c1"], "defaultCertificateId": "1c2", "config": null, "stickinessPolicy": null,
            "portRules": [{"type": "portRule", "sourcePort": 80, "targetPort": 80, "serviceId": "1s7", "protocol": "http", "priority": 1, "weight": null, "selector": null},
                          {"type": "portRule", "sourcePort": 80, "targetPort": 81, "serviceId": "1s9", "protocol": "http", "hostname": "other.example.com"}]}
        }
        """;

    [Fact]
    public void Both_files_hold_what_was_set_and_nothing_else()
    {
        var texts = Export();

        texts.DockerCompose.Split('\n').ShouldBe(Expected(ComposeFiles.DockerName).Split('\n'));
        texts.RancherCompose.Split('\n').ShouldBe(Expected(ComposeFiles.RancherName).Split('\n'));
    }

    [Fact]
    public void What_was_exported_reads_as_services_that_export_the_same()
    {
        var texts = Export();
        var result = ComposeReader.Read(ComposeFiles.Of(texts.DockerCompose, texts.RancherCompose), new Dictionary<string, string>());
        var model = result.Model.ShouldNotBeNull(string.Join("\n", result.Problems));

        model.Services.Select(service => service.Kind).ShouldBe([ServiceKinds.LoadBalancer, ServiceKinds.Service], ignoreOrder: true);
        var again = ComposeWriter.Write([.. model.Services.OrderByDescending(service => service.Name)], model.VolumeTemplates);
        again.ShouldBe(texts);
    }

    [Fact]
    public void A_label_that_names_other_sidekicks_is_set_right()
    {
        var body = Body(Web);
        body["launchConfig"]!["labels"]!["io.rancher.sidekicks"] = "gone, data";
        ComposeWriter.Write([new ComposedService("service", "web", body, [], [], [])], []).DockerCompose.ShouldContain("io.rancher.sidekicks: data\n");
    }

    [Fact]
    public void Fields_that_labels_stand_for_become_labels()
    {
        var body = new JsonObject
        {
            ["name"] = "group",
            ["selectorContainer"] = "role=db",
            ["selectorLink"] = "tier=web",
            ["launchConfig"] = new JsonObject { ["imageUuid"] = "docker:rancher/none" },
        };
        var texts = ComposeWriter.Write([new ComposedService("service", "group", body, [], [], [])], []);

        texts.DockerCompose.ShouldContain("io.rancher.service.selector.container: role=db\n");
        texts.DockerCompose.ShouldContain("io.rancher.service.selector.link: tier=web\n");
    }

    [Fact]
    public void No_services_are_two_files_with_their_version_alone()
        => ComposeWriter.Write([], []).ShouldBe(new ComposeTexts("version: '2'\n", "version: '2'\n"));

    private static ComposeTexts Export()
    {
        var (web, balancer) = (Body(Web), Body(Balancer));
        var names = new Dictionary<string, (string? Stack, string Name)>
        {
            ["1s7"] = (null, "web"),
            ["1s9"] = ("other", "api"),
            ["1c1"] = (null, "www"),
            ["1c2"] = (null, "main"),
            ["1se1"] = (null, "certificate"),
        };
        ComposeReference[] Named(JsonObject body) => [.. ComposeReference.In(body).Select(reference => reference with { Stack = names[reference.Name].Stack, Name = names[reference.Name].Name })];
        return ComposeWriter.Write(
            [
                new ComposedService(ServiceKinds.Service, "web", web, [new ServiceLink("shared", "db", "database")], Named(web), []),
                new ComposedService(ServiceKinds.LoadBalancer, "lb", balancer, [], Named(balancer), []),
            ],
            [Body("""{"name": "html", "driver": "rancher-nfs", "driverOpts": {"size": "10"}, "external": false, "perContainer": false, "id": "1vt1"}"""), Body("""{"name": "shared", "external": true}""")]);
    }

    private static string Expected(string file) => File.ReadAllText(Path.Combine(GoldenTests.Folder(), "..", "export", "live", file));

    private static JsonObject Body(string json) => JsonNode.Parse(json)!.AsObject();
}
