using System.Text;
using System.Text.Json;

namespace Drover.Server.Tests.Api.Binding;

/// <summary>Coercion and validation with the contract's codes and fields (api-semantics.md section 11).</summary>
public sealed class ValidationTests : ApiTest
{
    [Theory]
    [InlineData("stacks", "{}", "MissingRequired", "name")]
    [InlineData("stacks", """{"name":""}""", "MinLengthExceeded", "name")]
    [InlineData("stacks", """{"name":"a b"}""", "InvalidCharacters", "name")]
    [InlineData("stacks", """{"name":{"a":1}}""", "InvalidFormat", "name")]
    [InlineData("stacks", """{"name":"a","dockerCompose":null}""", "NotNullable", "dockerCompose")]
    [InlineData("stacks", """{"name":"a","environment":"text"}""", "InvalidFormat", "environment")]
    [InlineData("stacks", """{"name":"a","startOnCreate":"perhaps"}""", "InvalidFormat", "startOnCreate")]
    [InlineData("services", """{"name":"a","scale":"many"}""", "InvalidFormat", "scale")]
    [InlineData("services", """{"name":"a","scale":-1}""", "MinLimitExceeded", "scale")]
    [InlineData("services", """{"name":"a","stackId":"1st999"}""", "InvalidReference", "stackId")]
    [InlineData("services", """{"name":"a","stackId":5}""", "InvalidReference", "stackId")]
    [InlineData("services", """{"name":"a","stackId":"5"}""", "InvalidReference", "stackId")]
    [InlineData("services", """{"name":"a","launchConfig":7}""", "InvalidFormat", "launchConfig")]
    [InlineData("services", """{"name":"a","launchConfig":{"capAdd":["NONSENSE"]}}""", "InvalidOption", "capAdd")]
    [InlineData("services", """{"name":"a","launchConfig":{"kind":"boat"}}""", "InvalidOption", "kind")]
    [InlineData("services", """{"name":"a","launchConfig":{"ports":[null]}}""", "NotNullable", "ports")]
    [InlineData("services", """{"name":"a","secondaryLaunchConfigs":[{}]}""", "MissingRequired", "name")]
    [InlineData("registries", "{}", "MissingRequired", "serverAddress")]
    [InlineData("registries", """{"serverAddress":null}""", "NotNullable", "serverAddress")]
    public async Task What_is_wrong_is_answered_with_its_code_and_field(string collection, string body, string code, string field)
    {
        var reply = await Api.PostAsync($"{Api.Project}/{collection}", body);

        reply.Status.ShouldBe(422, reply.Text);
        reply.Code.ShouldBe(code);
        reply.Field.ShouldBe(field);
        reply.Json.GetProperty("type").GetString().ShouldBe("error");
        (await Api.GetAsync($"{Api.Project}/{collection}")).Data.ShouldBeEmpty("nothing half-made remains");
    }

    [Theory]
    [InlineData("\\u0000")]
    [InlineData("a\\u0001b")]
    [InlineData("a\\nb")]
    public async Task Control_characters_in_names_are_refused(string name)
    {
        var reply = await Api.PostAsync(Api.Project + "/apikeys", $$"""{"name":"{{name}}"}""");

        reply.Status.ShouldBe(422);
        reply.Code.ShouldBe("InvalidCharacters");
        reply.Field.ShouldBe("name");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("not json")]
    [InlineData("{\"name\":\"\\ud800\"}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":01}")]
    public async Task A_body_that_is_no_json_is_400(string body)
    {
        var reply = await Api.PostAsync(Api.Project + "/stacks", body);

        reply.Status.ShouldBe(400);
        reply.Code.ShouldBe("InvalidBodyContent");
    }

    [Fact]
    public async Task Nesting_without_end_is_400_and_a_huge_body_413()
    {
        var nested = new string('[', 100_000);

        (await Api.PostAsync(Api.Project + "/stacks", "{\"name\":" + nested)).Status.ShouldBe(400);
        (await Api.PostAsync(Api.Project + "/stacks", new byte[17 * 1024 * 1024])).Status.ShouldBe(413);
        (await Api.GetAsync(Api.Project + "/stacks")).Data.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_huge_body_of_unknown_length_is_413_too()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Api.Project + "/stacks") { Content = new StreamContent(new MemoryStream(new byte[17 * 1024 * 1024])) };
        request.Headers.TransferEncodingChunked = true;

        using var reply = await Api.Http.SendAsync(request, TestContext.Current.CancellationToken);

        ((int)reply.StatusCode).ShouldBe(413);
    }

    [Fact]
    public async Task Values_are_turned_into_the_type_of_their_field()
    {
        var stack = await Api.CreateAsync(Api.Project + "/stacks", """{"name":5,"environment":{"a":1,"b":true},"startOnCreate":"off"}""");
        var service = await Api.CreateAsync(
            Api.Project + "/services",
            """{"name":"web","scale":"3","stackId":"1zz1","launchConfig":{"imageUuid":"docker:a","ports":"80:80","tty":"yes","memory":"1024","labels":{"n":1}}}""");

        stack.GetProperty("name").GetString().ShouldBe("5");
        stack.GetProperty("environment").GetProperty("b").GetString().ShouldBe("true");
        stack.GetProperty("startOnCreate").GetBoolean().ShouldBeFalse();
        service.GetProperty("scale").GetInt64().ShouldBe(3);
        service.GetProperty("stackId").GetString().ShouldBe("1st1");
        var config = service.GetProperty("launchConfig");
        config.GetProperty("ports")[0].GetString().ShouldBe("80:80");
        config.GetProperty("tty").GetBoolean().ShouldBeTrue();
        config.GetProperty("memory").GetInt64().ShouldBe(1024);
        config.GetProperty("labels").GetProperty("n").GetString().ShouldBe("1");
        config.GetProperty("type").GetString().ShouldBe("launchConfig");
    }

    [Fact]
    public async Task Metadata_of_any_nesting_comes_back_as_it_was_sent()
    {
        await Api.CreateAsync(Api.Project + "/stacks", new { name = "app" });
        const string Metadata = """{"io.rancher.service.hash":"ab","deep":{"list":[1,2.5,null,{"x":"é"}]}}""";

        var service = await Api.CreateAsync(Api.Project + "/services", $$$"""{"name":"web","stackId":"1st1","metadata":{{{Metadata}}},"launchConfig":{"imageUuid":"docker:a"}}""");

        JsonElement.DeepEquals(service.GetProperty("metadata"), JsonDocument.Parse(Metadata).RootElement).ShouldBeTrue();
    }

    [Fact]
    public async Task Null_for_a_field_with_a_default_counts_as_not_sent()
    {
        await Api.CreateAsync(Api.Project + "/stacks", new { name = "app" });

        var service = await Api.CreateAsync(Api.Project + "/services", """{"name":"web","stackId":"1st1","scale":null,"launchConfig":{"imageUuid":"docker:a","tty":null,"networkMode":null}}""");

        service.GetProperty("scale").GetInt64().ShouldBe(1);
        service.GetProperty("launchConfig").GetProperty("tty").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Several_objects_in_an_array_are_created_and_answered_as_a_collection()
    {
        var reply = await Api.PostAsync(Api.Project + "/stacks", """[{"name":"a"},{"name":"b"}]""");

        reply.Status.ShouldBe(201);
        reply.Data.Select(s => s.GetProperty("name").GetString()).ShouldBe(["a", "b"]);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("5")]
    [InlineData("null")]
    public async Task A_body_that_holds_no_object_changes_nothing(string body)
    {
        var stack = await Api.CreateAsync(Api.Project + "/stacks", new { name = "app" }, "active");

        (await Api.PutAsync(stack.GetProperty("links").GetProperty("self").GetString()!, body)).Status.ShouldBe(200);
        (await Api.PostAsync(stack.GetProperty("actions").GetProperty("exportconfig").GetString()!, body)).Status.ShouldBe(200);
        (await Api.PostAsync(Api.Project + "/stacks", body)).Code.ShouldBe("MissingRequired");
    }

    [Fact]
    public async Task A_mark_in_front_of_utf_8_is_passed_over()
        => (await Api.PostAsync(Api.Project + "/stacks", Encoding.UTF8.GetBytes("\uFEFF{\"name\":\"marked\"}"))).Status.ShouldBe(201);

    [Fact]
    public async Task Deep_text_in_utf_8_survives()
    {
        var text = "名前 — ünï " + char.ConvertFromUtf32(0x1F433);

        var stack = await Api.CreateAsync(Api.Project + "/stacks", Encoding.UTF8.GetBytes($$"""{"name":"a","description":"{{text}}"}"""));

        stack.GetProperty("description").GetString().ShouldBe(text);
    }
}
