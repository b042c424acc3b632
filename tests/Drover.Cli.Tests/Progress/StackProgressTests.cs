using System.Text.Json;
using Drover.Cli.Progress;
using Drover.Client.Resources;
using Drover.Model.Containers;
using Drover.Model.Services;
using Drover.Model.Stacks;

namespace Drover.Cli.Tests.Progress;

public sealed class StackProgressTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 5, 0, TimeSpan.Zero);

    [Fact]
    public void A_stack_is_done_when_it_and_its_services_rest()
    {
        var progress = Of(Stack("active"), [Service("web", "active", "healthy")], [Container("web-1", "running")]);
        progress.Done.ShouldBeTrue();
        progress.Services.Single().ShouldBe(new ServiceProgress("web", "active", 1, 2, true, null));
    }

    [Theory]
    [InlineData("active", "yes", "healthy")]
    [InlineData("activating", "yes", "healthy")]
    [InlineData("active", "no", "degraded")]
    [InlineData("active", "no", "initializing")]
    [InlineData("active", "error", "healthy")]
    [InlineData("registering", "no", "healthy")]
    public void A_service_that_moves_or_is_unwell_keeps_it_open(string state, string transitioning, string health) =>
        Of(Stack("active"), [Service("web", state, health, transitioning)], []).Done.ShouldBeFalse();

    [Fact]
    public void A_stack_that_still_moves_is_open_even_without_services() => Of(Stack("activating", "yes"), [], []).Done.ShouldBeFalse();

    [Fact]
    public void A_stack_that_failed_for_good_is_told_apart_from_one_that_tries_again()
    {
        Of(Stack("error", "error"), [], []).Failed.ShouldBeTrue();
        Of(Stack("activating", "error", why: "later"), [], []).Failed.ShouldBeFalse();
    }

    [Fact]
    public void The_reason_is_the_service_s_own_or_else_that_of_a_container()
    {
        Of(Stack("active"), [Service("web", "activating", null, "yes", why: "no host")], []).Services[0].Reason
            .ShouldBe("no host (for 60s, next try in 5s)");
        Of(Stack("active"), [Service("web", "activating", null, "yes")], [Container("web-1", "running"), Container("web-2", "starting", why: "pulling")]).Services[0].Reason
            .ShouldBe("web-2: pulling (for 60s, next try in 5s)");
    }

    [Fact]
    public void A_container_that_has_done_its_work_once_counts()
    {
        var once = Container("web-1", "stopped", labels: """{"io.rancher.container.start_once":"true"}""", starts: 1);
        Of(Stack("active"), [Service("web", "active", "started-once")], [once, Container("web-2", "stopped")]).Services[0].Running.ShouldBe(1);
    }

    private static StackProgress Of(ApiResource<Stack> stack, ApiResource<Service>[] services, ApiResource<Container>[] containers) =>
        StackProgress.Of(stack, services, containers, Now);

    private static ApiResource<Stack> Stack(string state, string transitioning = "no", string? why = null) =>
        ApiResource<Stack>.Read(Json($$"""{"id":"1st1","type":"stack","name":"shop","state":"{{state}}","transitioning":"{{transitioning}}"{{Own(why)}}}"""));

    private static ApiResource<Service> Service(string name, string state, string? health, string transitioning = "no", string? why = null) =>
        ApiResource<Service>.Read(Json($$"""
            {"id":"1s1","type":"service","name":"{{name}}","state":"{{state}}","transitioning":"{{transitioning}}","transitioningMessage":"In Progress",
             "healthState":{{(health is null ? "null" : $"\"{health}\"")}},"scale":2,"launchConfig":{"imageUuid":"docker:x"}{{Own(why)}}}
            """));

    private static ApiResource<Container> Container(string name, string state, string? why = null, string labels = "{}", int starts = 0) =>
        ApiResource<Container>.Read(Json($$"""{"id":"1i1","name":"{{name}}","state":"{{state}}","serviceIds":["1s1"],"startCount":{{starts}},"labels":{{labels}}{{Own(why)}}}"""));

    private static string Own(string? why) =>
        why is null ? "" : $$""","drover":{"why":"{{why}}","since":"2026-01-02T03:04:00Z","nextTry":"2026-01-02T03:05:05Z"}""";

    private static JsonElement Json(string text) => JsonElement.Parse(text);
}
