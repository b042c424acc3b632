using System.CommandLine;
using System.Text.Json;

namespace Drover.Cli.Verbs;

/// <summary>`drover export`: a stack as compose files.</summary>
internal sealed class ExportVerb
{
    private readonly Argument<string> _stack = new("STACK") { Description = "The stack's name or id" };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "The folder to write to; the stack's name where not given, - prints instead", HelpName = "FOLDER" };
    private readonly Option<bool> _force = new("--force") { Description = "Write over files that are there" };

    public static Command Create(CliContext context)
    {
        var export = new ExportVerb();
        return Verb.Create(context, "export", "Write a stack's docker-compose.yml and rancher-compose.yml", export._stack, export._output, export._force).Run(export.RunAsync);
    }

    private async Task<int> RunAsync(VerbCall call, CancellationToken cancellation)
    {
        var name = call.Parsed.GetRequiredValue(_stack);
        var stack = await call.Lookup.StackAsync(name, cancellation) ?? throw new UsageException($"there is no stack {name} in {call.Environment.Name}");
        var config = await call.Environment.Stacks.InvokeAsync(stack.Id, "exportconfig", cancellation: cancellation);
        if (call.WantsJson)
        {
            call.WriteJson(config);
            return ExitCode.Done;
        }

        (string Name, string Text)[] files =
        [
            ("docker-compose.yml", Text(config, "dockerComposeConfig")),
            ("rancher-compose.yml", Text(config, "rancherComposeConfig")),
        ];
        if (call.Parsed.GetValue(_output) == "-")
            foreach (var file in files) call.Out.WriteLine($"# {file.Name}\n{file.Text.TrimEnd('\n')}");
        else
            Write(call, Path.Combine(call.Context.Folder, call.Parsed.GetValue(_output) ?? Folder(stack.Name)), files);
        return ExitCode.Done;
    }

    private void Write(VerbCall call, string folder, (string Name, string Text)[] files)
    {
        var there = files.Select(file => Path.Combine(folder, file.Name)).Where(File.Exists).ToList();
        if (there.Count > 0 && !call.Parsed.GetValue(_force)) throw new UsageException($"{there[0]} is there already: add --force to write over it");
        Directory.CreateDirectory(folder);
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file.Name);
            File.WriteAllText(path, file.Text);
            call.Out.WriteLine(path);
        }
    }

    // A stack's name came from the server; as the name of a folder it must not lead elsewhere.
    private static string Folder(string name) => Files.StackName.Of(Path.GetFileName(name));

    private static string Text(JsonElement config, string field) =>
        config.TryGetProperty(field, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
}
