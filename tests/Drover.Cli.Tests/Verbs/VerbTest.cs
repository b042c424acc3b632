using System.CommandLine;
using System.Text.Json.Nodes;
using Drover.Client.Tests;

namespace Drover.Cli.Tests.Verbs;

/// <summary>Runs verbs as the shell would, against a server on loopback and in a folder of their own.</summary>
public abstract class VerbTest : IAsyncLifetime
{
    private readonly StringWriter _out = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };

    private protected FakeApi Api { get; private set; } = null!;

    protected string Folder { get; } = Directory.CreateTempSubdirectory("drover-verb-").FullName;

    protected string Out => _out.ToString();

    protected string Error => _error.ToString();

    protected Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    protected string Typed { get; set; } = "";

    protected ITerminal? Terminal { get; set; }

    /// <summary>What verbs wrote as bytes.</summary>
    protected MemoryStream Bytes { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Api = await FakeApi.StartAsync();
        Api.On("GET /v2-beta/projects", FakeApi.List(new JsonObject { ["id"] = "1a5", ["type"] = "project", ["name"] = "Default" }));
        Variables["DROVER_URL"] = Api.Url.ToString();
        Variables["HOME"] = Folder;
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected async Task<int> RunAsync(params string[] arguments)
    {
        var root = new RootCommand();
        var context = new CliContext
        {
            Out = _out, Error = _error, In = new StringReader(Typed), Variable = Variables.GetValueOrDefault, Folder = Folder,
            Input = () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Typed)), Output = () => Bytes, Terminal = Terminal,
        };
        foreach (var verb in CommandLine.Verbs(context)) root.Add(verb);
        var console = new InvocationConfiguration { Output = _out, Error = _error };
        return await root.Parse(arguments).InvokeAsync(console, TestContext.Current.CancellationToken);
    }

    /// <summary>Answers lists and single GETs of a plural of the environment with these objects, filtered by name and stackId as the API would.</summary>
    protected void Serve(string plural, params JsonObject[] objects)
    {
        Api.On($"GET /v2-beta/projects/1a5/{plural}", asked =>
        {
            var query = System.Web.HttpUtility.ParseQueryString(asked.Query);
            bool Matches(JsonObject item, string field) => query[field] is not { } value || item[field]?.GetValue<string>() == value;
            return new FakeApi.Answer(200, FakeApi.List([.. objects.Where(item => Matches(item, "name") && Matches(item, "stackId")).Select(item => item.DeepClone())]));
        });
        foreach (var item in objects) Api.On($"GET /v2-beta/projects/1a5/{plural}/{item["id"]!.GetValue<string>()}", item);
    }

    /// <summary>Nothing is there but what a test adds.</summary>
    protected void ServeNothing()
    {
        foreach (var plural in (string[])["stacks", "services", "containers", "hosts", "volumes", "servicelogs", "registrationtokens"]) Serve(plural);
    }

    protected static JsonObject Object(string json) => JsonNode.Parse(json)!.AsObject();

    private protected IEnumerable<FakeApi.Asked> Asked(string method) => Api.Requests.Where(asked => asked.Method == method);
}
