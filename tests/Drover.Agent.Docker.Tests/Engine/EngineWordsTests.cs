using System.Net;
using System.Text.Json;
using Drover.Agent.Docker.Engine;

namespace Drover.Agent.Docker.Tests.Engine;

/// <summary>The small values that requests are made of.</summary>
public sealed class EngineWordsTests
{
    [Fact]
    public void Query_values_are_escaped_and_absent_ones_left_out()
    {
        var uri = new EngineUri("/containers", "a+b", "/start").With("name", "ü & x=1").With("t", (long?)null).With("all", true);

        uri.ToString().ShouldBe("/containers/a%2Bb/start?name=%C3%BC%20%26%20x%3D1&all=1");
    }

    [Fact]
    public void Image_names_keep_their_slashes() =>
        new EngineUri("/images", "localhost:5000/team/app:1", "/json").ToString()
            .ShouldBe("/images/localhost%3A5000/team/app%3A1/json");

    [Fact]
    public void Filters_are_one_json_object_of_lists()
    {
        var filters = EngineFilters.None.WithLabel("a", "1").WithLabel("b").With("status", "exited");

        filters.ToJson().ShouldBe("""{"label":["a=1","b"],"status":["exited"]}""");
        EngineFilters.None.ToJson().ShouldBeNull();
    }

    [Theory]
    [InlineData("busybox", "busybox", null, null, null)]
    [InlineData("busybox:1.36", "busybox", "1.36", null, null)]
    [InlineData("team/app:1", "team/app", "1", null, null)]
    [InlineData("localhost/app", "localhost/app", null, null, "localhost")]
    [InlineData("host:5000/app", "host:5000/app", null, null, "host:5000")]
    [InlineData("host:5000/team/app:v1", "host:5000/team/app", "v1", null, "host:5000")]
    [InlineData("reg.example/app@sha256:ab", "reg.example/app", null, "sha256:ab", "reg.example")]
    [InlineData("app:2@sha256:ab", "app", "2", "sha256:ab", null)]
    public void Image_names_are_cut_into_their_parts(string name, string repository, string? tag, string? digest, string? registry)
    {
        var reference = ImageReference.Parse(name);

        reference.ShouldBe(new ImageReference(repository, tag, digest));
        reference.Registry.ShouldBe(registry);
        reference.ToString().ShouldBe(name);
    }

    [Theory]
    [InlineData("1.41", 1, 41)]
    [InlineData("2.0", 2, 0)]
    public void Versions_are_read_and_written(string text, int major, int minor)
    {
        EngineVersion.TryParse(text, out var version).ShouldBeTrue();

        version.ShouldBe(new EngineVersion(major, minor));
        version.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.x")]
    [InlineData("-1.4")]
    [InlineData("1.41.2")]
    public void What_is_no_version_is_refused(string? text) => EngineVersion.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Versions_are_ordered_by_number_and_not_by_letter()
    {
        (new EngineVersion(1, 9) < new EngineVersion(1, 41)).ShouldBeTrue();
        (new EngineVersion(2, 0) > new EngineVersion(1, 41)).ShouldBeTrue();
        (new EngineVersion(1, 41) <= new EngineVersion(1, 41) && new EngineVersion(1, 41) >= new EngineVersion(1, 41)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "No such container: x", EngineFault.NotFound)]
    [InlineData(HttpStatusCode.NotFound, "pull access denied for x, repository does not exist or may require 'docker login': denied: requested access to the resource is denied", EngineFault.Unauthorized)]
    [InlineData(HttpStatusCode.InternalServerError, "Get http://r/v2/: no basic auth credentials", EngineFault.Unauthorized)]
    [InlineData(HttpStatusCode.InternalServerError, "Get http://r/v2/: unauthorized: authentication required", EngineFault.Unauthorized)]
    [InlineData(HttpStatusCode.InternalServerError, "dial tcp: connection refused", EngineFault.Failed)]
    [InlineData(HttpStatusCode.Forbidden, "error while removing network: network x has active endpoints", EngineFault.Conflict)]
    [InlineData(HttpStatusCode.Forbidden, "requested access to the resource is denied", EngineFault.Unauthorized)]
    [InlineData(HttpStatusCode.BadRequest, "x", EngineFault.BadRequest)]
    [InlineData(HttpStatusCode.Conflict, "not found", EngineFault.Conflict)]
    [InlineData(null, "manifest for x not found: manifest unknown: manifest unknown", EngineFault.NotFound)]
    [InlineData(null, "no space left on device", EngineFault.Failed)]
    public void Refusals_are_sorted_by_status_and_by_the_registrys_words(HttpStatusCode? status, string message, EngineFault fault) =>
        EngineFaults.Classify(status, message).ShouldBe(fault);

    [Theory]
    [InlineData("\"0001-01-01T00:00:00Z\"", null)]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    [InlineData("\"2026-11-22T10:11:12.123456789Z\"", "2026-11-22T10:11:12.1234567+00:00")]
    [InlineData("\"2026-11-22T10:11:12+02:00\"", "2026-11-22T10:11:12.0000000+02:00")]
    public void Times_have_nanoseconds_and_year_one_is_never(string json, string? expected)
    {
        var state = JsonSerializer.Deserialize($$"""{"StartedAt":{{json}}}""", EngineJson.Default.ContainerState);

        state!.StartedAt?.ToString("O").ShouldBe(expected);
        if (expected is null) state.StartedAt.ShouldBeNull();
    }

    [Fact]
    public void A_credential_shows_no_secret_and_travels_in_the_url_safe_alphabet()
    {
        var auth = new RegistryAuth { Username = "ann", Password = "s3cret>>>???", ServerAddress = "reg.example" };

        auth.ToString().ShouldNotContain("s3cret");
        auth.ToHeader().ShouldMatch("^[A-Za-z0-9_=-]+$");
        var decoded = Convert.FromBase64String(auth.ToHeader().Replace('-', '+').Replace('_', '/'));
        JsonSerializer.Deserialize(decoded, EngineJson.Default.RegistryAuth).ShouldBe(auth);
    }

    [Fact]
    public void What_is_not_set_is_not_sent() =>
        JsonSerializer.Serialize(
                new CreateContainerRequest { Image = "a", HostConfig = new HostConfig { Memory = 5 } },
                EngineJson.Default.CreateContainerRequest)
            .ShouldBe("""{"HostConfig":{"Memory":5},"Image":"a"}""");
}
