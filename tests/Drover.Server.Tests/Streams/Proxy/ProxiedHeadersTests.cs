using Drover.Server.Streams.Proxy;

namespace Drover.Server.Tests.Streams.Proxy;

public sealed class ProxiedHeadersTests
{
    [Theory]
    [InlineData("Accept", true)]
    [InlineData("Referer", true)]
    [InlineData("authorization", false)]
    [InlineData("COOKIE", false)]
    [InlineData("x-api-anything", false)]
    [InlineData("te", false)]
    [InlineData(":path", false)]
    public void A_container_gets_what_is_meant_for_it(string name, bool goes) => ProxiedHeaders.GoesIn(name).ShouldBe(goes);

    [Theory]
    [InlineData("ETag", "\"1\"", true)]
    [InlineData("X-Name", "gr\u00fc\u00dfe", true)]
    [InlineData("X-Name", "a\u0001b", false)]
    [InlineData("X-Name", "a\u0100b", false)]
    [InlineData("set-cookie", "a=b", false)]
    [InlineData("connection", "close", false)]
    [InlineData("Secure-Session-Registration", "(ES256)", false)]
    [InlineData("Sec-Session-Registration", "(ES256)", false)]
    [InlineData("Set-Login", "logged-out", false)]
    [InlineData("Accept-CH", "Sec-CH-UA-Model", false)]
    [InlineData("Critical-CH", "Sec-CH-UA-Model", false)]
    [InlineData("Use-As-Dictionary", "match=\"/*\"", false)]
    [InlineData("WWW-Authenticate", "Basic", false)]
    public void A_client_gets_what_may_stand_in_a_header(string name, string value, bool comes) => ProxiedHeaders.ComesOut(name, value).ShouldBe(comes);

    [Fact]
    public void Cookies_go_in_by_the_name_that_the_container_gave_them_and_no_other_does()
    {
        ProxiedHeaders.CookiesIn(["token=x; drover-r-a=1", "drover-r-b=2=3;PL=y", null]).ShouldBe("a=1; b=2=3");
        ProxiedHeaders.CookiesIn(["token=x"]).ShouldBeNull();
    }

    [Theory]
    [InlineData("a=b", "drover-r-a=b; Path=/r/x/; HttpOnly; SameSite=Lax; Secure")]
    [InlineData("a=b; path=/y; DOMAIN=.com; samesite=none; expires=Thu, 01 Jan 2099 00:00:00 GMT", "drover-r-a=b; Path=/r/x/y; HttpOnly; SameSite=Lax; expires=Thu, 01 Jan 2099 00:00:00 GMT; Secure")]
    [InlineData("a=b; path=y", "drover-r-a=b; Path=/r/x/; HttpOnly; SameSite=Lax; Secure")]
    [InlineData("=b", null)]
    [InlineData("a", null)]
    [InlineData("", null)]
    [InlineData("a=b\u0001", null)]
    public void A_cookie_comes_out_bound_to_where_it_comes_from(string cookie, string? heard) => ProxiedHeaders.CookieOut(cookie, "/r/x", isSecure: true).ShouldBe(heard);

    [Theory]
    [InlineData("", "")]
    [InlineData("?token=a", "")]
    [InlineData("?a=1&token=b&c=2&tok%65n=d", "?a=1&c=2")]
    [InlineData("a=token", "?a=token")]
    public void A_query_loses_the_token_alone(string query, string rest) => ProxiedHeaders.WithoutToken(query).ShouldBe(rest);
}
