using System.Diagnostics;

namespace Drover.Integration.Harness;

/// <summary>Waits for something that another process brings about.</summary>
internal static class Until
{
    /// <summary>For whatever a busy machine may take long to do.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Looks until it is as asked and returns what was seen; fails with what was seen last.</summary>
    public static async Task<T> SeenAsync<T>(string what, Func<Task<T>> look, Func<T, bool> asked, TimeSpan? limit = null)
    {
        var deadline = limit ?? Patience;
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(Interval, TestContext.Current.CancellationToken))
        {
            var seen = await look();
            if (asked(seen)) return seen;
            if (watch.Elapsed > deadline) Assert.Fail($"{what}: not within {deadline.TotalSeconds:0} s; last seen: {Shown(seen)}");
        }
    }

    private static string Shown<T>(T seen) => seen is System.Collections.IEnumerable many and not string ? string.Join('\n', many.Cast<object?>()) : $"{seen}";

    /// <summary>Looks until it is so.</summary>
    public static Task SoAsync(string what, Func<Task<bool>> look, TimeSpan? limit = null) => SeenAsync(what, look, so => so, limit);
}
