using System.DirectoryServices.Protocols;
using System.Net;
using Drover.Model.Kernel;

namespace Drover.Server.SignIn.Ldap;

/// <summary>One connection to a directory, for as long as one question takes.</summary>
public sealed class LdapSession : IDisposable
{
    /// <summary>Error 49 of RFC 4511: the name or the password is wrong.</summary>
    private const int InvalidCredentials = 49;

    /// <summary>Rows of one search at most.</summary>
    private const int MostRows = 500;

    private readonly LdapConnection _connection;
    private readonly TimeSpan _timeout;

    private LdapSession(LdapConnection connection, TimeSpan timeout) => (_connection, _timeout) = (connection, timeout);

    /// <summary>Connects and binds. Throws <see cref="ProblemException"/>: 503 LdapDown, or 401 where the directory refuses the pair.</summary>
    /// <param name="settings">The directory.</param>
    /// <param name="trust">The folder of further certificate authorities; null for the machine's own alone.</param>
    /// <param name="user">A distinguished name, or a login of the form user@domain.</param>
    /// <param name="password">Never empty: directories take an empty one as "anonymous" and say yes.</param>
    public static LdapSession Bind(LdapSettings settings, string? trust, string user, string password)
    {
        if (password.Length == 0 || password.Contains('\0', StringComparison.Ordinal)) throw SignInAccounts.Unauthorized();
        var connection = new LdapConnection(new LdapDirectoryIdentifier(settings.Server, settings.Port), new NetworkCredential(user, password), AuthType.Basic) { Timeout = settings.Timeout, AutoBind = false };
        try
        {
            connection.SessionOptions.ProtocolVersion = 3;
            connection.SessionOptions.ReferralChasing = ReferralChasingOptions.None;
            if (settings.Tls) UseTls(connection, trust);
            connection.Bind();
            return new LdapSession(connection, settings.Timeout);
        }
        catch (LdapException refused) when (refused.ErrorCode == InvalidCredentials)
        {
            connection.Dispose();
            throw SignInAccounts.Unauthorized();
        }
        catch (Exception down) when (down is DirectoryException or TimeoutException)
        {
            connection.Dispose();
            throw Down(down);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The objects below a base that a filter finds, at most 500. A base that is not there, or on another server, finds none.</summary>
    public IReadOnlyList<SearchResultEntry> Search(string below, string filter, IEnumerable<string> attributes) => Search(below, filter, attributes, SearchScope.Subtree, true);

    /// <summary>The object of a distinguished name; null where there is none, or on another server.</summary>
    public SearchResultEntry? Read(string dn, IEnumerable<string> attributes) => Read(dn, attributes, true);

    /// <summary>The same where "none" has consequences: throws 503 LdapDown where another server knows.</summary>
    public SearchResultEntry? ReadHere(string dn, IEnumerable<string> attributes) => Read(dn, attributes, false);

    public void Dispose() => _connection.Dispose();

    private SearchResultEntry? Read(string dn, IEnumerable<string> attributes, bool elsewhereIsNone)
        => Search(dn, "(objectClass=*)", attributes, SearchScope.Base, elsewhereIsNone) is [var entry, ..] ? entry : null;

    private IReadOnlyList<SearchResultEntry> Search(string below, string filter, IEnumerable<string> attributes, SearchScope scope, bool elsewhereIsNone)
    {
        var request = new SearchRequest(below, filter, scope, [.. attributes]) { SizeLimit = MostRows, TimeLimit = _timeout };
        try
        {
            var found = (SearchResponse)_connection.SendRequest(request, _timeout);
            if (found.ResultCode == ResultCode.Referral && !elsewhereIsNone) throw new DirectoryOperationException(found, $"It names another server for {below}");
            return [.. found.Entries.Cast<SearchResultEntry>()];
        }
        catch (DirectoryOperationException partly) when (partly.Response is SearchResponse { ResultCode: ResultCode.SizeLimitExceeded } some)
        {
            return [.. some.Entries.Cast<SearchResultEntry>()];
        }
        catch (DirectoryOperationException none) when (none.Response is { ResultCode: ResultCode.NoSuchObject or ResultCode.InvalidDNSyntax })
        {
            return [];
        }
        catch (DirectoryException down)
        {
            throw Down(down);
        }
    }

    private static void UseTls(LdapConnection connection, string? trust)
    {
        if (trust is not null && OperatingSystem.IsLinux())
        {
            connection.SessionOptions.TrustedCertificatesDirectory = trust;
            connection.SessionOptions.StartNewTlsSessionContext();
        }

        connection.SessionOptions.SecureSocketLayer = true;
    }

    private static ProblemException Down(Exception why)
        => new(new Problem("LdapDown", Message: "The directory does not answer", Status: 503, Detail: why.Message));
}
