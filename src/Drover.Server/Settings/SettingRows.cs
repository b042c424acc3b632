using Drover.Model.Kernel;
using Drover.Model.Settings;
using Drover.Server.Api.Binding;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.Api.Writes;
using Drover.Store;

namespace Drover.Server.Settings;

/// <summary>Settings as the API shows them: every known one with the value that holds, and what was stored beside them.</summary>
public sealed class SettingRows : IViewKind, IRowFilter, IListFilter, IKindWrites
{
    private static readonly Kind Shown = Catalog.All.Of<ActiveSetting>();

    public string Kind => "setting";

    public IEnumerable<Entry> Rows(Snapshot snapshot, long? accountId)
        => SettingsTable.Known.Select(s => s.Name)
            .Union(snapshot.All<Setting>().Where(e => !e.IsRemoved).Select(e => e.Wanted.Name ?? ""), StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(name => Row(snapshot, name));

    /// <summary>Every name has a row, also an unknown one: its values are null.</summary>
    public Entry Find(Snapshot snapshot, string name) => Row(snapshot, name);

    /// <summary>Who is not of the platform sees public settings alone.</summary>
    public bool Shows(Caller caller, Entry entry)
        => caller.SeesAllAccounts || SettingsTable.Find(entry.Wanted.Name ?? "") is { IsPublic: true };

    /// <summary>`all=false` lists what everybody sees.</summary>
    public bool Lists(ApiCall call, Entry entry) => call.Parameter("all") != "false" || SettingsTable.Find(entry.Wanted.Name ?? "") is { IsPublic: true };

    public Written Create(WriteTx tx, ApiCall call, Body body)
    {
        if (body.Text("name") is not { Length: > 0 } name) throw new ProblemException(new Problem("MissingRequired", "name"));
        return Set(tx, name, body);
    }

    public Written Update(WriteTx tx, ApiCall call, Entry target, Body body) => Set(tx, target.Wanted.Name!, body);

    public Written Remove(WriteTx tx, ApiCall call, Entry target)
    {
        if (SettingsTable.Stored(tx.View, target.Wanted.Name!) is { } stored) tx.Bury("setting", stored.Id);
        return new Written([Row(tx.View, target.Wanted.Name!)]);
    }

    /// <summary>What cannot stand in an address could never be changed or removed again.</summary>
    private static Written Set(WriteTx tx, string name, Body body)
    {
        if (name.Length > 255 || name.Contains('/', StringComparison.Ordinal) || name.Any(char.IsControl)) throw new ProblemException(new Problem("InvalidCharacters", "name"));
        var value = body.Find("value") is { } sent && sent.ValueKind != System.Text.Json.JsonValueKind.Null ? sent.ToString() : "";
        if (value.Contains('\0', StringComparison.Ordinal)) throw new ProblemException(new Problem("InvalidCharacters", "value"));
        SettingsTable.Set(tx, name, value);
        return new Written([Row(tx.View, name)]);
    }

    private static Entry Row(Snapshot snapshot, string name)
    {
        var (known, stored) = (SettingsTable.Find(name), SettingsTable.Stored(snapshot, name));
        var given = known is null ? null : SettingEnvironment.Find(name);
        var value = known is { IsSecret: true } ? null : stored is not null ? stored.Value : given ?? known?.Default;
        var row = new ActiveSetting
        {
            Name = name,
            Value = value,
            ActiveValue = value,
            InDb = stored is not null,
            Source = stored is not null ? "Database" : given is not null ? "Environment Variables" : known is not null ? "Code Packaged Defaults" : null,
        };
        return new Entry(Shown, row, new PlainSeen(), 0, 0);
    }
}
