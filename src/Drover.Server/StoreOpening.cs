using System.Globalization;
using Drover.Model.Kernel;
using Drover.Server.Settings;
using Drover.Store;
using Drover.Store.Journal.Sqlite;
using Microsoft.Extensions.Logging;

namespace Drover.Server;

/// <summary>Opens a server's store: on its data folder where it has one, with the retention that the settings ask for.</summary>
public sealed partial class StoreOpening(ServerOptions options)
{
    private ResourceStore? _store;

    /// <summary>Where defects of the store are told; they wait for nothing before there is a log.</summary>
    public ILogger? Log { get; set; }

    /// <summary>Opens the store on another thread, as reading the journal takes its time.</summary>
    public Task<ResourceStore> StartAsync(CancellationToken cancel) => Task.Run(() => OpenAsync(cancel), cancel);

    /// <summary>How long a setting in seconds lets something be kept; its default where the value is no positive number.</summary>
    public static TimeSpan Seconds(Snapshot? view, string setting)
    {
        var value = view is null ? null : SettingsTable.Value(view, setting);
        return Parse(value) ?? Parse(SettingsTable.Find(setting)?.Default) ?? TimeSpan.FromDays(1);
    }

    private async Task<ResourceStore> OpenAsync(CancellationToken cancel)
    {
        if (options.DataFolder is not { } folder) return new ResourceStore(Catalog.All, options.Time, options.Ids.NewUuid);
        var bounds = new StoreOptions
        {
            OnDefect = defect =>
            {
                if (Log is { } log) Failed(log, defect);
            },
            RemovedRetention = _ => new(Seconds(_store?.Current, "main_tables.purge.after.seconds"), 100_000),
            HistoryRetention = family => new(Seconds(_store?.Current, family == "serviceLog" ? "service_log.purge.after.seconds" : "audit_log.purge.after.seconds"), 1_000_000),
        };
        return _store = await ResourceStore.OpenAsync(Catalog.All, new SqliteJournal(folder), options.Time, options.Ids.NewUuid, bounds, cancel);
    }

    private static TimeSpan? Parse(string? seconds)
        => long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 10_000_000_000 ? TimeSpan.FromSeconds(number) : null;

    [LoggerMessage(Level = LogLevel.Error, Message = "Something beside the store's writes failed")]
    private static partial void Failed(ILogger log, Exception defect);
}
