using Drover.Server.Api.Calls;

namespace Drover.Server.Tests.Api.Calls;

public sealed class ApiPathTests
{
    [Theory]
    [InlineData("/v2-beta", null, null, null, null)]
    [InlineData("/v2-beta/", null, null, null, null)]
    [InlineData("/v2-beta/stacks/1st1/services", null, "stacks", "1st1", "services")]
    [InlineData("/v2-beta//stacks///1st1", null, "stacks", "1st1", null)]
    [InlineData("/v2-beta/projects/1a5", null, "projects", "1a5", null)]
    [InlineData("/v2-beta/projects/1a5/hosts", "1a5", "hosts", null, null)]
    [InlineData("/v2-beta/PROJECTS/1a5/hosts/1h1/instances/too/much", "1a5", "hosts", "1h1", "instances")]
    [InlineData("/v2-beta/projects/1a5/projectMembers", null, "projects", "1a5", "projectMembers")]
    [InlineData("/v2-beta/project/1a5/schemas/schemas", "1a5", "schemas", "schemas", null)]
    public void A_path_falls_into_scope_type_id_and_link(string path, string? project, string? type, string? id, string? link)
        => ApiPath.Parse(path).ShouldBe(new ApiPath("v2-beta", project, type, id, link));

    [Theory]
    [InlineData("/v2-beta/x", true)]
    [InlineData("/v1/x", true)]
    [InlineData("/v10/x", true)]
    [InlineData("/", false)]
    [InlineData("/index.html", false)]
    [InlineData("/v2/x", false)]
    public void The_api_is_what_starts_with_a_version(string path, bool api)
        => ApiPath.IsApi(path).ShouldBe(api);
}
