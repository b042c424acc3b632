using System.Globalization;

namespace Drover.Agent.Docker.Engine;

/// <summary>A version of the Engine API, such as 1.41.</summary>
public readonly record struct EngineVersion(int Major, int Minor) : IComparable<EngineVersion>
{
    /// <summary>The oldest that Drover speaks: Docker Engine 20.10.</summary>
    public static readonly EngineVersion Oldest = new(1, 41);

    /// <summary>The newest whose changes Drover knows; a newer engine is spoken to in this one: Docker Engine 28.</summary>
    public static readonly EngineVersion Newest = new(1, 48);

    /// <summary>The version to speak with an engine that offers up to <paramref name="offered"/>; throws when it is too old.</summary>
    public static EngineVersion Agree(EngineVersion offered)
    {
        if (offered.CompareTo(Oldest) < 0)
            throw new EngineException(EngineFault.Failed, $"The engine speaks API {offered} at most, and Drover needs {Oldest} (Docker 20.10) or newer");
        return offered.CompareTo(Newest) < 0 ? offered : Newest;
    }

    /// <summary>Reads "1.41".</summary>
    public static bool TryParse(string? text, out EngineVersion version)
    {
        version = default;
        var parts = (text ?? "").Split('.');
        if (parts.Length != 2 || !Number(parts[0], out var major) || !Number(parts[1], out var minor)) return false;
        version = new EngineVersion(major, minor);
        return true;
    }

    public int CompareTo(EngineVersion other) => (Major, Minor).CompareTo((other.Major, other.Minor));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");

    public static bool operator <(EngineVersion left, EngineVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(EngineVersion left, EngineVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(EngineVersion left, EngineVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(EngineVersion left, EngineVersion right) => left.CompareTo(right) >= 0;

    private static bool Number(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
