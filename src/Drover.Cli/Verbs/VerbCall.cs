using System.CommandLine;
using System.Text.Json;
using Drover.Cli.Lookup;
using Drover.Cli.Output;
using Drover.Client;

namespace Drover.Cli.Verbs;

/// <summary>One call of a verb.</summary>
internal sealed record VerbCall(CliContext Context, ParseResult Parsed, EnvironmentClient Environment, OutputFormat Format)
{
    public TextWriter Out => Context.Out;

    public TextWriter Error => Context.Error;

    public bool WantsJson => Format == OutputFormat.Json;

    public ObjectLookup Lookup => new(Environment);

    /// <summary>Prints objects as a JSON array, as the API answered them.</summary>
    public void WriteJson(IEnumerable<JsonElement> items) => Out.WriteLine(JsonText.Of(items));

    /// <summary>Prints one object as JSON.</summary>
    public void WriteJson(JsonElement item) => Out.WriteLine(JsonText.Of(item));
}
