using System.Globalization;

namespace Drover.Cli.Output;

/// <summary>Lengths of time, short.</summary>
internal static class Ages
{
    /// <summary>Such as "12s", "5m" or "3d".</summary>
    public static string Of(TimeSpan age) => age.TotalSeconds switch
    {
        < 0 => "0s",
        < 100 => Text(age.TotalSeconds, "s"),
        < 6000 => Text(age.TotalMinutes, "m"),
        < 172_800 => Text(age.TotalHours, "h"),
        _ => Text(age.TotalDays, "d"),
    };

    private static string Text(double number, string unit) => Math.Floor(number).ToString("0", CultureInfo.InvariantCulture) + unit;
}
