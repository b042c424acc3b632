namespace Drover.Scheduling;

/// <summary>A port that a container takes on its host.</summary>
/// <param name="Address">The host's address; "0.0.0.0" stands for all of them.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Protocol">"tcp" or "udp".</param>
public readonly record struct PortClaim(string Address, int Port, string Protocol)
{
    public const string AnyAddress = "0.0.0.0";

    /// <summary>True where both cannot be had on one host: all addresses conflict with each (SCH-03).</summary>
    public bool ConflictsWith(PortClaim other)
        => Port == other.Port && Protocol == other.Protocol
            && (Address == other.Address || Address == AnyAddress || other.Address == AnyAddress);

    public override string ToString() => Address == AnyAddress ? $"{Port}/{Protocol}" : $"{Address}:{Port}/{Protocol}";
}
