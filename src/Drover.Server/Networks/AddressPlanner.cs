using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Drover.Server.Networks;

/// <summary>A block of addresses that is leased to one host.</summary>
/// <param name="Base">The first address as a number.</param>
public readonly record struct AddressBlock(uint Base)
{
    /// <summary>Addresses of a block.</summary>
    public const uint Size = 64;

    private const int PrefixLength = 26;

    /// <summary>The second address, the host's own where the block is its first; containers never get it.</summary>
    public uint Gateway => Base + 1;

    public bool Holds(uint address) => address - Base < Size;

    /// <summary>Reads "10.42.0.64/26"; null for anything else.</summary>
    public static AddressBlock? Parse(string text)
        => IPNetwork.TryParse(text, out var network) && network.PrefixLength == PrefixLength && network.BaseAddress.AddressFamily == AddressFamily.InterNetwork
            ? new AddressBlock(Addresses.Number(network.BaseAddress))
            : null;

    /// <summary>The block that an address is in.</summary>
    public static AddressBlock Of(uint address) => new(address - (address % Size));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Addresses.Text(Base)}/{PrefixLength}");
}

/// <summary>What is known of a network's addresses when one is wanted.</summary>
/// <param name="First">The first address that may be given.</param>
/// <param name="Last">The last address that may be given.</param>
/// <param name="IsTaken">True where a container has it.</param>
/// <param name="IsResting">True where it was given back a moment ago: others may still speak to who had it.</param>
/// <param name="IsLeased">True where a host other than this one has the block.</param>
public sealed record AddressSpace(uint First, uint Last, Func<uint, bool> IsTaken, Func<uint, bool> IsResting, Func<AddressBlock, bool> IsLeased)
{
    /// <summary>True where a container may have the address.</summary>
    public bool Offers(uint address) => address >= First && address <= Last && AddressBlock.Of(address).Gateway != address;
}

/// <summary>An address for a container.</summary>
/// <param name="Address">The address.</param>
/// <param name="NewBlock">The block that the host leases with it; null where it has it already or the address was asked for.</param>
public sealed record AddressPlan(uint Address, AddressBlock? NewBlock = null);

/// <summary>Chooses addresses: asked-for ones where they are free, else the lowest of the host's blocks that has rested, else from a new block. Reads no clock and no store.</summary>
public static class AddressPlanner
{
    /// <param name="space">The network.</param>
    /// <param name="blocks">The host's blocks, the oldest first.</param>
    /// <param name="wishes">Addresses asked for, the best first; they may lie in others' blocks.</param>
    /// <returns>Null where the network has no address left.</returns>
    public static AddressPlan? Plan(AddressSpace space, ImmutableArray<AddressBlock> blocks, IEnumerable<uint> wishes)
    {
        foreach (var wish in wishes)
            if (space.Offers(wish) && !space.IsTaken(wish))
                return new AddressPlan(wish);
        return Lowest(space, blocks, mayRest: false)
            ?? (NextBlock(space, blocks) is { } block && Lowest(space, [block], mayRest: true) is { } plan ? plan with { NewBlock = block } : null)
            ?? Lowest(space, blocks, mayRest: true);
    }

    /// <summary>The lowest block that no host has and that has an address to give; null where there is none.</summary>
    public static AddressBlock? NextBlock(AddressSpace space, ImmutableArray<AddressBlock> own)
    {
        for (var block = AddressBlock.Of(space.First); block.Base <= space.Last; block = new AddressBlock(block.Base + AddressBlock.Size))
            if (!space.IsLeased(block) && !own.Contains(block) && Lowest(space, [block], mayRest: true) is not null)
                return block;
        return null;
    }

    private static AddressPlan? Lowest(AddressSpace space, ImmutableArray<AddressBlock> blocks, bool mayRest)
    {
        foreach (var block in blocks)
            for (var address = block.Base; block.Holds(address); address++)
                if (space.Offers(address) && !space.IsTaken(address) && (mayRest || !space.IsResting(address)))
                    return new AddressPlan(address);
        return null;
    }
}

/// <summary>IPv4 addresses as numbers.</summary>
public static class Addresses
{
    public static uint Number(IPAddress address) => BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());

    /// <summary>The number of an IPv4 address written in four parts; null for anything else.</summary>
    public static uint? Parse(string? text)
        => IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork && address.ToString() == text ? Number(address) : null;

    public static string Text(uint number) => string.Create(CultureInfo.InvariantCulture, $"{number >> 24}.{(number >> 16) & 255}.{(number >> 8) & 255}.{number & 255}");
}
