namespace Drover.Server.Networks;

/// <summary>Addresses of the managed networks.</summary>
internal static class NetworksSlice
{
    public static void Register(ServerParts parts)
    {
        var book = new AddressBook(parts.Time);
        book.Follow(parts.Store);
        parts.Claims.Add(new AddressClaim(book));
    }
}
