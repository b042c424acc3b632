using System.Globalization;
using Drover.Cli.Output;
using Spectre.Console;

namespace Drover.Cli.Progress;

/// <summary>Shows progress: drawn over itself on a terminal, else one line per change.</summary>
internal sealed class ProgressDisplay(CliContext context)
{
    private readonly Dictionary<string, string> _shown = new(StringComparer.Ordinal);

    /// <summary>Shows what <paramref name="watch"/> tells until it returns.</summary>
    public async Task<StackProgress> ShowAsync(Func<Action<StackProgress>, Task<StackProgress>> watch)
    {
        if (context.Screen is not { } screen) return await watch(WriteLines);
        return await screen.Live(new Text("")).StartAsync(live => watch(progress => live.UpdateTarget(Draw(progress))));
    }

    private void WriteLines(StackProgress progress)
    {
        foreach (var service in progress.Services)
            WriteWhenNew(service.Name, $"{progress.Name}/{service.Name}: {service.State} {Count(service)}{Reason(service.Reason)}");
        if (progress.Reason is { } reason) WriteWhenNew("", $"{progress.Name}: {progress.State}{Reason(reason)}");
    }

    private void WriteWhenNew(string key, string line)
    {
        // How long something has waited already is not news.
        var news = line.Split(" (for ")[0];
        if (_shown.TryGetValue(key, out var before) && before == news) return;
        _shown[key] = news;
        context.Error.WriteLine(Printable.Of(line));
    }

    private static Table Draw(StackProgress progress)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("", "", "", "", "");
        foreach (var service in progress.Services)
            table.AddRow(
                Mark(service.Done),
                new Text(Printable.Of($"{progress.Name}/{service.Name}")),
                new Text(Printable.Of(service.State), service.Done ? Color.Green : Color.Yellow),
                new Text(Count(service)),
                new Text(Printable.Of(service.Reason), new Style(decoration: Decoration.Dim)));
        if (progress.Services.Count == 0 || progress.Reason is not null)
            table.AddRow(Mark(progress.Done), new Text(Printable.Of(progress.Name)), new Text(Printable.Of(progress.State)), Text.Empty, new Text(Printable.Of(progress.Reason)));
        return table;
    }

    private static Text Mark(bool done) => done ? new Text("✔", Color.Green) : new Text("…", Color.Yellow);

    private static string Count(ServiceProgress service) =>
        service.Wanted == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{service.Running}/{service.Wanted}");

    private static string Reason(string? reason) => reason is null ? "" : $" - {reason}";
}
