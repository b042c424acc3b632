using System.Net;
using Drover.Server.SignIn.Web;
using Drover.Testing;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Tests.SignIn.Web;

public sealed class BrowserLoginsTests
{
    private readonly BrowserLogins _logins = new(IdSource.System, new ManualTime(), _ => false);

    [Fact]
    public void Many_people_behind_one_proxy_are_under_way_at_once()
    {
        var mine = Begin("203.0.113.9");

        for (var i = 0; i < 2000; i++) Begin("203.0.113.9");

        _logins.Take(mine.Id).ShouldNotBeNull();
    }

    [Fact]
    public void A_flood_from_one_place_pushes_out_nobody_else()
    {
        var mine = Begin("198.51.100.7");

        var first = Begin("203.0.113.9");
        Flood(_ => Begin("203.0.113.9"));

        _logins.Take(mine.Id).ShouldNotBeNull();
        _logins.Take(first.Id).ShouldBeNull();
    }

    [Fact]
    public void A_flood_from_many_places_pushes_out_the_places_that_flood()
    {
        var mine = Begin("198.51.100.7");

        for (var place = 0; place < 120; place++)
            for (var i = 0; i < 100; i++) Begin($"203.0.113.{place}");

        _logins.Take(mine.Id).ShouldNotBeNull();
    }

    [Fact]
    public void All_addresses_of_one_IPv6_line_are_one_place()
    {
        var mine = Begin("198.51.100.7");
        var first = Begin("2001:db8:1:2::1");

        Flood(i => Begin($"2001:db8:1:2::{i + 2:x}"));

        _logins.Take(mine.Id).ShouldNotBeNull();
        _logins.Take(first.Id).ShouldBeNull();
    }

    [Fact]
    public void Who_names_another_address_in_a_header_is_where_the_connection_is_from()
    {
        var first = Begin("203.0.113.9", "198.51.100.255");

        Flood(i => Begin("203.0.113.9", $"198.51.100.{i % 250}"));

        _logins.Take(first.Id).ShouldBeNull();
    }

    private static void Flood(Action<int> begin)
    {
        for (var i = 0; i < BrowserLogins.Most; i++) begin(i);
    }

    private PendingLogin Begin(string from, string? named = null)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(from);
        http.Request.Host = new HostString("drover.example");
        if (named is not null) http.Request.Headers["X-Forwarded-For"] = named;
        return _logins.Begin(http);
    }
}
