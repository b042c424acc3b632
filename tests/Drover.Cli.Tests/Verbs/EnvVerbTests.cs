using System.Text.Json.Nodes;
using Drover.Client.Tests;

namespace Drover.Cli.Tests.Verbs;

public sealed class EnvVerbTests : VerbTest
{
    private static readonly JsonObject Shop = Object("""{"id":"1pt7","type":"projectTemplate","name":"Shop","state":"active","transitioning":"no","stacks":[{"name":"a","templateId":"library:a"}]}""");

    [Fact]
    public async Task A_template_is_printed_by_name_or_id()
    {
        Api.On("GET /v2-beta/projecttemplates", FakeApi.List(Shop.DeepClone()));

        (await RunAsync("env", "template", "export", "shop")).ShouldBe(ExitCode.Done, Error);
        Out.ShouldBe("name: Shop\nstacks:\n- name: a\n  template_id: library:a\n");
        (await RunAsync("env", "templates", "export", "1pt7", "nosuch")).ShouldBe(ExitCode.Usage);
        Error.ShouldContain("there is no environment template nosuch");
    }

    [Fact]
    public async Task A_file_becomes_a_template_and_its_id_is_printed()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "shop.yml"), "name: Shop\nstacks:\n- name: a\n  template_id: library:a\n", TestContext.Current.CancellationToken);
        Api.On("POST /v2-beta/projecttemplates", Shop.DeepClone().AsObject());
        Api.On("GET /v2-beta/projecttemplates/1pt7", Shop.DeepClone().AsObject());

        (await RunAsync("env", "template", "import", "--public", "shop.yml")).ShouldBe(ExitCode.Done, Error);

        Out.ShouldBe("1pt7\n");
        var sent = Asked("POST").Single().Body!;
        sent["isPublic"]!.GetValue<bool>().ShouldBeTrue();
        sent["stacks"]![0]!["templateId"]!.GetValue<string>().ShouldBe("library:a");
    }

    [Fact]
    public async Task A_wrong_file_creates_nothing_and_says_where_it_is_wrong()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "good.yml"), "name: good\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Folder, "bad.yml"), "name: bad\nstacks:\n- nome: a\n", TestContext.Current.CancellationToken);

        (await RunAsync("env", "template", "import", "good.yml", "bad.yml")).ShouldBe(ExitCode.Usage);

        Error.ShouldContain("bad.yml line 3: template.stacks[0].nome");
        Asked("POST").ShouldBeEmpty();
    }
}
