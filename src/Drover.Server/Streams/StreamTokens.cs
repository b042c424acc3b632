using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Server.Settings;
using Drover.Store;

namespace Drover.Server.Streams;

/// <summary>Makes and takes tokens of streams: JSON web tokens (RFC 7519) with the one header that this server writes, so that no other algorithm is ever looked at.</summary>
public sealed class StreamTokens(StreamKey key, ResourceStore store, IdSource ids, TimeProvider time)
{
    /// <summary>The issuer that 1.6 writes.</summary>
    public const string Issuer = "http://cattle.io";

    /// <summary>So many tokens that were taken and have not expired are remembered; more are refused until the oldest expire.</summary>
    public const int MostSpent = 100_000;

    private const int LongestToken = 256 * 1024;

    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"RS256","typ":"JWT"}"""u8);

    private readonly Lock _lock = new();
    private readonly HashSet<string> _spent = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, long> _expiring = new();

    /// <summary>Signs a ticket: with an id of its own, from now on, for as long as the setting says.</summary>
    /// <param name="ticket">Who, what and which.</param>
    /// <param name="life">The setting that holds the seconds.</param>
    public string Make(StreamTicket ticket, string life = "jwt.default.expiration.seconds")
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var seconds = long.TryParse(SettingsTable.Value(store.Current, life), NumberStyles.None, CultureInfo.InvariantCulture, out var set) && set is > 0 and <= 86_400 ? set : 300;
        var whole = ticket with { Id = Convert.ToHexStringLower(ids.Bytes(16)), IssuedAt = now, Expires = now + seconds };
        var signed = $"{Header}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(whole, ModelJson.Options))}";
        return $"{signed}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>The ticket of a token that is ours, has not expired and is for this purpose; null for any other.</summary>
    public StreamTicket? Read(string? token, string purpose)
    {
        if (token is not { Length: > 0 and < LongestToken } || token.Split('.') is not [var header, var body, var signature] || header != Header) return null;
        try
        {
            if (!key.Verifies(Encoding.ASCII.GetBytes(token[..(header.Length + 1 + body.Length)]), Base64Url.DecodeFromChars(signature))) return null;
            var ticket = JsonSerializer.Deserialize<StreamTicket>(Base64Url.DecodeFromChars(body), ModelJson.Options);
            return ticket is not null && ticket.Purpose == purpose && ticket.Expires > time.GetUtcNow().ToUnixTimeSeconds() ? ticket : null;
        }
        catch (Exception rubbish) when (rubbish is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>True the first time; a token opens one stream.</summary>
    public bool Spend(StreamTicket ticket)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow().ToUnixTimeSeconds();
            while (_expiring.TryPeek(out var id, out var expires) && expires <= now)
            {
                _expiring.Dequeue();
                _spent.Remove(id);
            }

            if (_spent.Count >= MostSpent || !_spent.Add(ticket.Id)) return false;
            _expiring.Enqueue(ticket.Id, ticket.Expires);
            return true;
        }
    }
}
