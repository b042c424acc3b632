using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.SignIn;

/// <summary>Sign-in by a browser that goes to an identity provider and comes back.</summary>
public abstract class BrowserTest : SignInTest
{
    protected string Site => Api.Server.Url.GetLeftPart(UriPartial.Authority);

    /// <summary>Begins: where the browser is sent, and the cookie that it was given.</summary>
    protected async Task<(Uri To, (string Name, string Value) Cookie)> LeaveAsync(string path, params (string Name, string Value)[] headers)
    {
        var reply = await Api.GetAsync(Site + path, headers);
        reply.Status.ShouldBe(302, reply.Text);
        return (reply.Headers.Location!, ("Cookie", reply.Header("Set-Cookie")!.Split(';')[0]));
    }

    /// <summary>The session in the answer to a browser that came back.</summary>
    protected static string SessionOf(Reply reply)
    {
        var cookie = reply.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("token=", StringComparison.Ordinal));
        cookie.ShouldContain("samesite=lax", Case.Insensitive);
        return cookie["token=".Length..].Split(';')[0];
    }

    /// <summary>A browser that came back and got nothing.</summary>
    protected static void ShouldBeRefused(Reply reply, string why = "")
    {
        reply.Status.ShouldBeInRange(302, 303, why + reply.Text);
        reply.Headers.Location!.ToString().ShouldEndWith("errCode=401", customMessage: why);
        reply.Headers.TryGetValues("Set-Cookie", out var cookies);
        (cookies ?? []).ShouldNotContain(c => c.StartsWith("token=", StringComparison.Ordinal), why);
    }
}
