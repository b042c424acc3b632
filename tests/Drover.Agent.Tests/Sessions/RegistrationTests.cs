using System.Net;
using System.Text;
using System.Text.Json;
using Drover.Agent.Sessions;
using Drover.Model.Kernel;
using Drover.Protocol;

namespace Drover.Agent.Tests.Sessions;

public sealed class RegistrationTests
{
    private static readonly HostDescription Host = new() { Uuid = "u", Hostname = "h", EngineUp = false, Labels = EquatableMap.Of(("zone", "a")) };

    [Fact]
    public async Task The_host_is_described_and_the_token_travels_in_a_header_alone()
    {
        var server = new Answer(HttpStatusCode.Created, """{"hostId":"1h3","accessKey":"a","secretKey":"s"}""");

        (await JoinAsync(server)).ShouldBe(new Registered("1h3", "a", "s"));

        server.Request.ShouldBe("POST http://server/drover/v1/agent/register Bearer a:1:b");
        JsonSerializer.Deserialize<HostDescription>(server.Body!, ModelJson.Options).ShouldBe(Host);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "", "The registration token is wrong")]
    [InlineData(HttpStatusCode.Forbidden, "", "The registration token is wrong")]
    [InlineData(HttpStatusCode.NotFound, "", "There is no Drover server")]
    [InlineData(HttpStatusCode.Conflict, """{"message":"This machine belongs to another environment"}""", "This machine belongs to another environment")]
    [InlineData(HttpStatusCode.Conflict, "<html>", "This host belongs to another environment")]
    [InlineData(HttpStatusCode.UnprocessableEntity, """{"code":"InvalidFormat","detail":"The host's uuid is malformed"}""", "The host's uuid is malformed")]
    [InlineData(HttpStatusCode.UnprocessableEntity, """["x"]""", "The server does not take")]
    public async Task A_refusal_is_final_and_says_why(HttpStatusCode status, string body, string sentence)
        => (await Should.ThrowAsync<RegistrationException>(JoinAsync(new Answer(status, body)))).Message.ShouldStartWith(sentence);

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "")]
    [InlineData(HttpStatusCode.BadGateway, "<html>")]
    [InlineData(HttpStatusCode.OK, "<html>a portal</html>")]
    [InlineData(HttpStatusCode.OK, "{}")]
    [InlineData(HttpStatusCode.OK, """{"hostId":"1h1","accessKey":"a","secretKey":""}""")]
    public async Task A_server_that_is_not_ready_is_asked_again_later(HttpStatusCode status, string body)
        => await Should.ThrowAsync<SessionException>(JoinAsync(new Answer(status, body)));

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_asked_again_later()
        => (await Should.ThrowAsync<SessionException>(JoinAsync(new Broken()))).Message.ShouldContain("cannot be reached");

    private static async Task<Registered> JoinAsync(HttpMessageHandler server)
    {
        using var http = new HttpClient(server) { BaseAddress = new Uri("http://server/drover/") };
        return await Registration.JoinAsync(http, "a:1:b", Host, TestContext.Current.CancellationToken);
    }

    private sealed class Answer(HttpStatusCode status, string body) : HttpMessageHandler
    {
        public string? Request { get; private set; }

        public string? Body { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Request = $"{request.Method} {request.RequestUri} {request.Headers.Authorization}";
            Body = await request.Content!.ReadAsStringAsync(cancellationToken);
            return new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, body.StartsWith('<') ? "text/html" : "application/json") };
        }
    }

    private sealed class Broken : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            => Task.FromException<HttpResponseMessage>(new HttpRequestException("Connection refused"));
    }
}
