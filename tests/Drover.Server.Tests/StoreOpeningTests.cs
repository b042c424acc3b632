using Drover.Model.Kernel;
using Drover.Model.Settings;
using Drover.Model.Stacks;
using Drover.Store;
using Drover.Store.Journal;
using Drover.Testing;

namespace Drover.Server.Tests;

public sealed class StoreOpeningTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("drover-opening-").FullName;
    private readonly ManualTime _time = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_is_written_is_there_when_the_folder_is_opened_again()
    {
        await using (var store = await OpenAsync()) await store.WriteAsync(tx => tx.Create(new Stack { Name = "kept" }), Cancel);

        await using var again = await OpenAsync();

        again.Current.All<Stack>().ShouldHaveSingleItem().Wanted.Name.ShouldBe("kept");
    }

    [Fact]
    public async Task A_server_that_has_the_folder_open_keeps_others_out()
    {
        await using var store = await OpenAsync();

        await Should.ThrowAsync<DataFolderException>(OpenAsync());
    }

    [Theory]
    [InlineData(null, 172_800)]
    [InlineData("600", 600)]
    [InlineData("0", 172_800)]
    [InlineData("-5", 172_800)]
    [InlineData("soon", 172_800)]
    [InlineData("99999999999999999999", 172_800)]
    public async Task A_setting_that_is_no_number_of_seconds_leaves_the_default(string? value, long seconds)
    {
        var store = new ResourceStore(Catalog.All, _time, Guid.NewGuid);
        if (value is not null) await store.WriteAsync(tx => tx.Create(new Setting { Name = "main_tables.purge.after.seconds", Value = value }), Cancel);

        StoreOpening.Seconds(store.Current, "main_tables.purge.after.seconds").ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public async Task Removed_objects_are_answered_for_as_long_as_the_setting_says()
    {
        await using var store = await OpenAsync();
        await store.WriteAsync(
            tx =>
            {
                tx.Create(new Setting { Name = "main_tables.purge.after.seconds", Value = "60" });
                tx.Bury("stack", tx.Create(new Stack()).Id);
            },
            Cancel);
        _time.Advance(TimeSpan.FromSeconds(59));
        (await store.FindRemovedAsync("stack", 1)).ShouldNotBeNull();

        _time.Advance(TimeSpan.FromSeconds(2));

        (await store.FindRemovedAsync("stack", 1)).ShouldBeNull();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<ResourceStore> OpenAsync() => new StoreOpening(new ServerOptions { DataFolder = _folder, Time = _time }).StartAsync(Cancel);
}
