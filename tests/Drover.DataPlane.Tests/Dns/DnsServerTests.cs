using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Drover.DataPlane.Dns;
using Drover.Model.Kernel;
using Drover.Model.Metadata;
using Microsoft.Extensions.Logging.Abstractions;

namespace Drover.DataPlane.Tests.Dns;

/// <summary>The server on real sockets, in front of a resolver that the test plays.</summary>
public sealed class DnsServerTests : IAsyncDisposable
{
    private static readonly IPAddress Upstream = IPAddress.Parse("127.0.0.41");
    private readonly EnvironmentSource _environment = new(Guid.NewGuid);
    private readonly FakeResolver _resolver = new(Upstream);
    private readonly DnsServer _server;
    private ImmutableArray<IPAddress> _resolvers = [Upstream];

    public DnsServerTests()
    {
        _environment.Apply(EnvironmentDelta.Of(TestEnvironment.Shop().Member("shop/db", "asker", "127.0.0.1", c => c with { State = "stopped" }).View));
        var forwarder = new DnsForwarder(TimeSpan.FromMilliseconds(500), () => (ushort)Random.Shared.Next(65536), TimeProvider.System, _resolver.Port);
        var responder = new DnsResponder(_environment, () => _resolvers, forwarder, new DnsCache(100, TimeProvider.System), maxForwards: 4);
        _server = DnsServer.Start(new IPEndPoint(IPAddress.Loopback, 0), responder, TimeProvider.System, NullLogger.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _resolver.DisposeAsync();
    }

    [Fact]
    public async Task A_name_of_the_askers_stack_is_answered_over_both_protocols()
    {
        (await AskAsync("web")).Answers.Count.ShouldBe(2);
        (await AskOverTcpAsync("web")).Answers.Count.ShouldBe(2);
        _resolver.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Answers_turn_from_question_to_question()
    {
        var first = (await AskAsync("web")).Answers[0].Data;
        (await AskAsync("web")).Answers[0].Data.ShouldNotBe(first);
    }

    [Fact]
    public async Task A_change_of_the_environment_is_answered_at_once()
    {
        _environment.Apply(new EnvironmentDelta(false, Removed: ["shop-web-1"]));

        (await AskAsync("web")).Answers.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Other_names_are_asked_elsewhere_and_remembered()
    {
        _resolver.Answer = query => Found(query, "192.0.2.1", ttl: 60);

        (await AskAsync("example.com")).Answers[0].Data.ShouldBe(new DnsData.Address(IPAddress.Parse("192.0.2.1")));
        (await AskAsync("EXAMPLE.com")).Id.ShouldBe((ushort)4711);

        _resolver.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Names_that_do_not_exist_elsewhere_do_not_exist()
    {
        _resolver.Answer = query => query with { IsResponse = true, Code = DnsCode.NameError };

        (await AskAsync("nothing.example.com")).Code.ShouldBe(DnsCode.NameError);
    }

    [Fact]
    public async Task A_resolver_that_does_not_answer_is_a_failure_after_the_timeout()
    {
        _resolver.Answer = _ => null;

        (await AskAsync("example.com")).Code.ShouldBe(DnsCode.ServerFailure);
    }

    [Fact]
    public async Task Answers_to_questions_that_nobody_asked_are_not_believed()
    {
        _resolver.Answer = query => Found(query, "192.0.2.66", ttl: 60) with { Id = (ushort)(query.Id + 1) };

        (await AskAsync("example.com")).Code.ShouldBe(DnsCode.ServerFailure);
    }

    [Fact]
    public async Task A_resolver_that_refuses_or_is_silent_is_followed_by_the_next()
    {
        await using var refusing = new FakeResolver(IPAddress.Parse("127.0.0.42"), _resolver.Port);
        _resolvers = [IPAddress.Parse("127.0.0.43"), IPAddress.Parse("127.0.0.42"), Upstream];
        _resolver.Answer = query => Found(query, "192.0.2.2", ttl: 0);

        (await AskAsync("example.com")).Answers.ShouldHaveSingleItem().Data.ShouldBe(new DnsData.Address(IPAddress.Parse("192.0.2.2")));
        refusing.Asked.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_addresses_behind_an_external_host_name_are_fetched()
    {
        _environment.Apply(new EnvironmentDelta(false, Services: EquatableMap.Of(
            ("pay", new ServiceView { Uuid = "pay", Name = "pay", StackUuid = "shop", Kind = "externalService", Hostname = "pay.example.com" }))));
        _resolver.Answer = query => Found(query, "192.0.2.3", ttl: 60);

        var answer = await AskAsync("pay.shop");

        answer.Answers.Select(r => (r.Name, r.Type)).ShouldBe([("pay.shop", DnsType.Cname), ("pay.example.com", DnsType.A)]);
        _resolver.Asked.ShouldHaveSingleItem().ShouldBe("pay.example.com");
    }

    [Fact]
    public async Task An_answer_too_large_for_udp_is_cut_and_whole_over_tcp()
    {
        var many = Enumerable.Range(1, 100).Select(i => ($"m{i}", new ContainerView { Uuid = $"m{i}", Name = $"m{i}", PrimaryIp = $"10.42.1.{i}", ServiceUuid = "tools/web", State = "running" }));
        _environment.Apply(new EnvironmentDelta(false, Containers: EquatableMap.Of([.. many])));

        var cut = await AskAsync("web.tools");
        cut.IsTruncated.ShouldBeTrue();
        cut.Answers.Count.ShouldBeInRange(20, 40);
        (await AskAsync("web.tools", new DnsEdns(4096))).Answers.Count.ShouldBe(101);
        (await AskOverTcpAsync("web.tools")).Answers.Count.ShouldBe(101);
    }

    [Fact]
    public async Task Others_answers_that_are_too_large_are_marked_as_cut()
    {
        _resolver.Answer = query => query with { IsResponse = true, Answers = [.. Enumerable.Range(0, 50).SelectMany(i => Found(query, $"192.0.2.{i}", 0).Answers)] };

        var cut = await AskAsync("example.com");

        cut.IsTruncated.ShouldBeTrue();
        cut.Answers.ShouldBeEmpty();
    }

    [Fact]
    public async Task Rubbish_is_dropped_and_the_server_goes_on()
    {
        using var client = Client();
        var random = new Random(1);
        for (var i = 0; i < 200; i++)
        {
            var rubbish = new byte[random.Next(1, 600)];
            random.NextBytes(rubbish);
            rubbish[2 % rubbish.Length] |= 0x80;
            await client.SendAsync(rubbish);
        }

        (await AskAsync("db")).Answers.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_connection_that_sends_rubbish_is_closed()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_server.Endpoint, Cancel);
        await client.GetStream().WriteAsync(new byte[] { 0, 4, 1, 2, 3, 4 }, Cancel);

        (await client.GetStream().ReadAsync(new byte[10], Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task More_questions_than_may_wait_for_others_fail_at_once_and_our_own_names_are_still_answered()
    {
        _resolver.Answer = _ => null;
        var waiting = Enumerable.Range(0, 12).Select(i => AskAsync($"n{i}.example.com")).ToList();

        (await AskAsync("db")).Answers.ShouldNotBeEmpty();
        (await Task.WhenAll(waiting)).ShouldAllBe(answer => answer.Code == DnsCode.ServerFailure);
        _resolver.Asked.Count.ShouldBeLessThanOrEqualTo(4);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static DnsMessage Found(DnsMessage query, string address, uint ttl) => query with
    {
        IsResponse = true,
        Answers = [new DnsRecord(query.Questions[0].Name, DnsType.A, DnsMessage.Internet, ttl, new DnsData.Address(IPAddress.Parse(address)))],
    };

    private static byte[] Query(string name, DnsEdns? edns)
        => DnsWriter.Write(new DnsMessage { Id = 4711, RecursionDesired = true, Questions = [new DnsQuestion(name, DnsType.A)], Edns = edns });

    private Socket Client()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(_server.Endpoint);
        return socket;
    }

    /// <summary>Asks again where a packet was lost, as every client does.</summary>
    private async Task<DnsMessage> AskAsync(string name, DnsEdns? edns = null)
    {
        using var client = Client();
        var buffer = new byte[65536];
        for (var attempt = 1; ; attempt++)
        {
            await client.SendAsync(Query(name, edns), Cancel);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            patience.CancelAfter(TimeSpan.FromSeconds(5));
            try
            {
                var length = await client.ReceiveAsync(buffer, patience.Token);
                return DnsReader.Read(buffer.AsSpan(0, length)).ShouldNotBeNull();
            }
            catch (OperationCanceledException) when (attempt < 4)
            {
                // Lost on the way, there or back.
            }
        }
    }

    private async Task<DnsMessage> AskOverTcpAsync(string name)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_server.Endpoint, Cancel);
        await DnsStream.WriteAsync(client.GetStream(), Query(name, null), Cancel);
        var answer = await DnsStream.ReadAsync(client.GetStream(), 65535, Cancel).WaitAsync(TimeSpan.FromSeconds(10), Cancel);
        return DnsReader.Read(answer.ShouldNotBeNull()).ShouldNotBeNull();
    }

    /// <summary>A resolver whose answers the test decides.</summary>
    private sealed class FakeResolver : IAsyncDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        private readonly Task _serving;

        public FakeResolver(IPAddress address, int port = 0)
        {
            _socket.Bind(new IPEndPoint(address, port));
            Port = ((IPEndPoint)_socket.LocalEndPoint!).Port;
            _serving = ServeAsync();
        }

        public int Port { get; }

        public Func<DnsMessage, DnsMessage?> Answer { get; set; } = query => query with { IsResponse = true, Code = DnsCode.Refused };

        public ConcurrentQueue<string> Asked { get; } = [];

        public async ValueTask DisposeAsync()
        {
            _socket.Dispose();
            await _serving;
        }

        private async Task ServeAsync()
        {
            var buffer = new byte[4096];
            try
            {
                while (true)
                {
                    var received = await _socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
                    var query = DnsReader.ReadQuery(buffer.AsSpan(0, received.ReceivedBytes))!;
                    Asked.Enqueue(query.Questions[0].Name);
                    if (Answer(query) is { } answer) await _socket.SendToAsync(DnsWriter.Write(answer), received.RemoteEndPoint);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
