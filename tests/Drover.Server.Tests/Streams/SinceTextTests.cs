using Drover.Server.Streams;

namespace Drover.Server.Tests.Streams;

public sealed class SinceTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-01-02T10:00:00Z", "2026-01-02T10:00:00Z")]
    [InlineData("2026-01-02T10:00:00.25+02:00", "2026-01-02T08:00:00.25Z")]
    [InlineData("1767348000", "2026-01-02T10:00:00Z")]
    [InlineData("1767348000.5", "2026-01-02T10:00:00.5Z")]
    [InlineData("10m", "2026-01-02T11:50:00Z")]
    [InlineData("1h30m", "2026-01-02T10:30:00Z")]
    [InlineData("90.5s", "2026-01-02T11:58:29.5Z")]
    [InlineData("999999999h", "1970-01-01T00:00:00Z")]
    public void Times_seconds_and_durations_are_understood(string text, string time)
        => SinceText.Parse(text, Now).ShouldBe(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("soon")]
    [InlineData("-5m")]
    [InlineData("10 m")]
    [InlineData("99999999999999999")]
    [InlineData("NaN")]
    public void Everything_else_is_not(string text) => SinceText.Parse(text, Now).ShouldBeNull();
}
