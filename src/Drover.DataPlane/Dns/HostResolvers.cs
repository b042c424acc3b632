using System.Collections.Immutable;
using System.Net;

namespace Drover.DataPlane.Dns;

/// <summary>The resolvers of the host itself, read again when the file changes.</summary>
public sealed class HostResolvers(string path, IPAddress ourselves, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);
    private static readonly ImmutableArray<IPAddress> Fallback = [IPAddress.Parse("8.8.8.8"), IPAddress.Parse("8.8.4.4")];

    private readonly Lock _reading = new();
    private ImmutableArray<IPAddress> _current;
    private DateTime _written;
    private long _looked;

    /// <summary>The resolvers, in their order; public ones where the host names none (DNS-14).</summary>
    public ImmutableArray<IPAddress> Current
    {
        get
        {
            lock (_reading)
            {
                if (!_current.IsDefault && time.GetElapsedTime(_looked) < LookAgain) return _current;
                _looked = time.GetTimestamp();
                var written = File.GetLastWriteTimeUtc(path);
                if (_current.IsDefault || written != _written) (_current, _written) = (Read(), written);
                return _current;
            }
        }
    }

    /// <summary>The `nameserver` lines of a resolv.conf, without those that name us.</summary>
    public static ImmutableArray<IPAddress> Parse(string text, IPAddress ourselves)
    {
        var found = text.Split('\n')
            .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 1 && words[0] == "nameserver")
            .Select(words => IPAddress.TryParse(words[1], out var address) ? address : null)
            .OfType<IPAddress>()
            .Where(address => !address.Equals(ourselves))
            .ToImmutableArray();
        return found.IsEmpty ? Fallback : found;
    }

    private ImmutableArray<IPAddress> Read()
    {
        try
        {
            return Parse(File.ReadAllText(path), ourselves);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return _current.IsDefault ? Fallback : _current;
        }
    }
}
