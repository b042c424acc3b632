using System.Text.Json.Nodes;
using Drover.Client.Tests;

namespace Drover.Cli.Tests.Verbs;

/// <summary>`drover up` where the stack is there (UPG-12, CLI-21): web changes, db does not, cache is new.</summary>
public sealed class UpUpgradeTests : VerbTest
{
    private const string Before = "web:\n  image: web:1\ndb:\n  image: db:1\nold:\n  image: old:1\n";
    private const string After = "web:\n  image: web:2\ndb:\n  image: db:1\ncache:\n  image: cache:1\n";

    [Fact]
    public async Task What_changed_is_told_and_left_alone_without_upgrade()
    {
        await ThereAsync(After);

        (await RunAsync("up", "-s", "shop", "-d")).ShouldBe(ExitCode.Done, Error);

        Asked("POST").Single().Query.ShouldBe("?action=activateservices");
        Error.ShouldBe("service web has changed in the files and stays as it is: --upgrade upgrades it\nservice cache is new in the files: it is made together with the upgrade\n");
    }

    [Fact]
    public async Task What_is_only_new_is_made_without_upgrade()
    {
        await ThereAsync(Before + "cache:\n  image: cache:1\n");

        (await RunAsync("up", "-s", "shop", "-d")).ShouldBe(ExitCode.Done, Error);

        Asked("POST").Single().Query.ShouldBe("?action=upgrade");
        Asked("POST").Single().Body!["rancherCompose"].ShouldBeNull();
        Error.ShouldBe("service cache is new and is made\n");
    }

    [Fact]
    public async Task Upgrade_upgrades_what_changed_two_at_a_time_and_tells_the_lot_of_each_service()
    {
        await ThereAsync(After);

        (await RunAsync("up", "-s", "shop", "-u", "-d")).ShouldBe(ExitCode.Done, Error);

        Asked("POST").Single().Query.ShouldBe("?action=upgrade");
        Asked("POST").Single().Body!["dockerCompose"]!.GetValue<string>().ShouldBe(After);
        Asked("POST").Single().Body!["rancherCompose"]!.GetValue<string>().ShouldBe("version: \"2\"\nservices:\n  web:\n    upgrade_strategy:\n      batch_size: 2\n      interval_millis: 1000\n".Replace('"', '\''));
        Error.ShouldBe("service web has changed and is upgraded\nservice cache is new and is made\nservice old is in no file any more and stays as it is\nservice db is as it is described\n");
    }

    [Fact]
    public async Task The_files_pace_counts_more_than_the_defaults_and_less_than_the_options()
    {
        await ThereAsync(After, "version: '2'\nservices:\n  web:\n    scale: 3\n    upgrade_strategy: {batch_size: 5, start_first: true}\n");

        (await RunAsync("up", "-s", "shop", "--upgrade", "--interval", "250", "-d")).ShouldBe(ExitCode.Done, Error);

        Asked("POST").Single().Body!["rancherCompose"]!.GetValue<string>().ShouldBe(
            "version: '2'\nservices:\n  web:\n    scale: 3\n    upgrade_strategy:\n      batch_size: 5\n      start_first: true\n      interval_millis: 250\n");
    }

    [Theory]
    [InlineData("--batch-size", "0")]
    [InlineData("--interval", "99")]
    public async Task A_pace_that_cannot_be_meant_is_refused_before_anything_is_asked(string option, string value)
    {
        await ThereAsync(After);
        (await RunAsync("up", "-s", "shop", "-u", option, value)).ShouldBe(ExitCode.Usage);
        Asked("POST").ShouldBeEmpty();
    }

    [Fact]
    public async Task Forced_services_are_upgraded_one_by_one_with_what_they_have()
    {
        await ThereAsync(Before);
        foreach (var id in (string[])["1s1", "1s2", "1s3"]) Api.On($"POST /v2-beta/projects/1a5/services/{id}/", Service(id, "any", "any"));

        (await RunAsync("up", "-s", "shop", "--force-upgrade", "--batch-size", "4", "-d")).ShouldBe(ExitCode.Done, Error);

        Asked("POST").Select(asked => asked.Query).ShouldBe(["?action=upgrade", "?action=upgrade", "?action=upgrade"]);
        var strategy = Asked("POST").First().Body!["inServiceStrategy"]!;
        (strategy["batchSize"]!.GetValue<long>(), strategy["intervalMillis"]!.GetValue<long>(), strategy["launchConfig"]!["imageUuid"]!.GetValue<string>()).ShouldBe((4, 1000, "docker:web:1"));
        Error.ShouldContain("service db has not changed and is upgraded all the same\n");
    }

    [Fact]
    public async Task An_upgrade_that_waits_for_its_end_is_finished_before_the_next()
    {
        var stack = await ThereAsync(After);
        stack["state"] = "upgraded";
        stack["actions"] = new JsonObject { ["finishupgrade"] = "f" };
        Serve("stacks", stack);
        Api.On("GET /v2-beta/projects/1a5/stacks/1st1", Stack());

        (await RunAsync("up", "-s", "shop", "-u", "-d")).ShouldBe(ExitCode.Done, Error);

        Asked("POST").Select(asked => asked.Query).ShouldBe(["?action=finishupgrade", "?action=upgrade"]);
    }

    [Theory]
    [InlineData("-c", "finishupgrade")]
    [InlineData("-r", "rollback")]
    public async Task Services_that_were_upgraded_without_their_stack_are_ended_one_by_one(string option, string action)
    {
        await ThereAsync(Before);
        var web = Service("1s1", "web", "web:1");
        web["state"] = "upgraded";
        web["actions"] = new JsonObject { [action] = "x" };
        Serve("services", web, Service("1s2", "db", "db:1"));
        Api.On("POST /v2-beta/projects/1a5/services/1s1/", web);

        (await RunAsync("up", "-s", "shop", option, "-d")).ShouldBe(ExitCode.Done, Error);

        Asked("POST").Select(asked => asked.Path + asked.Query).ShouldBe([$"/v2-beta/projects/1a5/services/1s1/?action={action}"]);
    }

    [Fact]
    public async Task The_waiting_ends_where_an_upgrade_waits_for_a_person()
    {
        await ThereAsync(After);
        var (stack, web) = (Stack(), Service("1s1", "web", "web:2"));
        stack["state"] = "upgraded";
        web["state"] = "upgraded";
        Api.On("GET /v2-beta/projects/1a5/stacks/1st1", stack);
        Api.On("POST /v2-beta/projects/1a5/stacks/1st1/", _ =>
        {
            Serve("services", web);
            return new FakeApi.Answer(202, stack);
        });

        (await RunAsync("up", "-s", "shop", "-u", "--timeout", "20")).ShouldBe(ExitCode.Done, Error);

        Out.ShouldBe("stack shop (1st1) is upgraded: drover up -s shop --confirm-upgrade or --rollback ends it\n");
    }

    [Fact]
    public async Task Images_are_pulled_where_they_are_before_the_upgrade_and_each_host_is_told()
    {
        await ThereAsync(After);
        ServePull("""{"id":"1go1","type":"pullTask","transitioning":"no","status":{"one":"Done","two":"Done"}}""");

        (await RunAsync("up", "-s", "shop", "-u", "-p", "-d")).ShouldBe(ExitCode.Done, Error);

        var pull = Asked("POST").First();
        (pull.Path, pull.Body!["image"]!.GetValue<string>(), pull.Body["mode"]!.GetValue<string>()).ShouldBe(("/v2-beta/projects/1a5/pulltasks", "web:2", "cached"));
        Error.ShouldStartWith("web:2 on one: Done\nweb:2 on two: Done\nservice web has changed and is upgraded\n");
    }

    [Fact]
    public async Task Nothing_is_upgraded_where_an_image_cannot_be_pulled()
    {
        await ThereAsync(After);
        ServePull("""{"id":"1go1","type":"pullTask","transitioning":"error","transitioningMessage":"no such image","status":{"one":"no such image"}}""");

        (await RunAsync("up", "-s", "shop", "-u", "--pull", "-d")).ShouldBe(ExitCode.Failed);

        Asked("POST").Count().ShouldBe(1);
        Error.ShouldBe("drover: web:2 is not pulled: no such image\nweb:2 on one: no such image\n");
    }

    [Fact]
    public async Task Files_that_mean_the_same_upgrade_nothing_whatever_they_say_about_scale_pace_and_in_comments()
    {
        await ThereAsync("# new\n" + Before, "web:\n  upgrade_strategy: {batch_size: 7}\n  scale: 9\n");

        (await RunAsync("up", "-s", "shop", "-u", "-d")).ShouldBe(ExitCode.Done, Error);

        Asked("POST").Single().Query.ShouldBe("?action=activateservices");
    }

    [Fact]
    public async Task An_upgrade_is_not_begun_and_ended_in_one_call()
    {
        await ThereAsync(After);
        (await RunAsync("up", "-s", "shop", "-u", "-c")).ShouldBe(ExitCode.Usage);
        Error.ShouldContain("begun or ended");
    }

    private async Task<JsonObject> ThereAsync(string docker, string? rancher = null)
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "docker-compose.yml"), docker, TestContext.Current.CancellationToken);
        if (rancher is not null) await File.WriteAllTextAsync(Path.Combine(Folder, "rancher-compose.yml"), rancher, TestContext.Current.CancellationToken);
        ServeNothing();
        Serve("stacks", Stack());
        Serve("services", Service("1s1", "web", "web:1"), Service("1s2", "db", "db:1"), Service("1s3", "old", "old:1"));
        Api.On("POST /v2-beta/projects/1a5/stacks/1st1/", Stack());
        return Stack();
    }

    private void ServePull(string json)
    {
        Api.On("POST /v2-beta/projects/1a5/pulltasks", Object(json), 201);
        Api.On("GET /v2-beta/projects/1a5/pulltasks/1go1", Object(json));
    }

    private static JsonObject Stack() => new()
    {
        ["id"] = "1st1",
        ["type"] = "stack",
        ["name"] = "shop",
        ["state"] = "active",
        ["transitioning"] = "no",
        ["dockerCompose"] = Before,
        ["actions"] = new JsonObject { ["upgrade"] = "u", ["activateservices"] = "a" },
    };

    private static JsonObject Service(string id, string name, string image) => new()
    {
        ["id"] = id, ["type"] = "service", ["name"] = name, ["stackId"] = "1st1", ["state"] = "active", ["transitioning"] = "no",
        ["launchConfig"] = new JsonObject { ["imageUuid"] = "docker:" + image },
    };
}
