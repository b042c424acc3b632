using System.Text;
using Drover.DataPlane.Metadata;
using FsCheck;
using FsCheck.Fluent;

namespace Drover.DataPlane.Tests.Metadata;

public sealed class MetadataRequestTests
{
    [Fact]
    public void A_request_is_read_with_what_matters_of_its_headers()
        => Read("GET /latest/self?wait=true&value=a+b%2Fc HTTP/1.1\r\nHost: rancher-metadata\r\nAccept: text/plain\r\nACCEPT: application/json\r\nUser-Agent: Wget")
            .ShouldBe(new MetadataRequest("GET", "/latest/self", "wait=true&value=a+b%2Fc", "text/plain,application/json"));

    [Theory]
    [InlineData("GET / HTTP/1.1", true)]
    [InlineData("GET / HTTP/1.0", false)]
    [InlineData("GET / HTTP/1.1\r\nConnection: Close", false)]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 5", false)]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked", false)]
    [InlineData("GET / HTTP/1.1\r\nContent-Length: 0", true)]
    public void A_connection_is_kept_where_another_request_can_follow(string head, bool expected)
        => Read(head).ShouldNotBeNull().KeepsAlive.ShouldBe(expected);

    [Theory]
    [InlineData("GET http://rancher-metadata/latest?x=1 HTTP/1.1", "/latest", "x=1")]
    [InlineData("GET http://rancher-metadata HTTP/1.1", "/", "")]
    [InlineData("GET /a#b HTTP/1.1", "/a", "")]
    public void Other_forms_of_a_target_are_read_too(string head, string path, string query)
        => Read(head).ShouldNotBeNull().ShouldSatisfyAllConditions(r => r.Path.ShouldBe(path), r => r.Query.ShouldBe(query));

    [Theory]
    [InlineData("")]
    [InlineData("GET /")]
    [InlineData("GET  / HTTP/1.1")]
    [InlineData("GET / HTTP/2.0")]
    [InlineData("GET latest HTTP/1.1")]
    [InlineData("GET / HTTP/1.1\r\nno colon")]
    [InlineData("GET / HTTP/1.1\r\n: nothing")]
    [InlineData("GET / HTTP/1.1\r\nName : space before the colon")]
    [InlineData("GET / HTTP/1.1\r\n folded: line")]
    [InlineData("GET /\0 HTTP/1.1")]
    public void A_malformed_head_is_refused(string head) => Read(head).ShouldBeNull();

    [Theory]
    [InlineData("/latest/self/", "latest,self")]
    [InlineData("/latest//self///", "latest,self")]
    [InlineData("/", "")]
    [InlineData("/a%2Fb/c+d/%C3%A4", "a/b,c d,ä")]
    public void A_path_is_split_and_decoded(string path, string expected)
        => new MetadataRequest("GET", path).Segments.ShouldBe(expected.Split(',', StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [InlineData("/%")]
    [InlineData("/a/%zz")]
    [InlineData("/%1")]
    public void A_wrong_escape_is_no_path(string path) => new MetadataRequest("GET", path).Segments.ShouldBeNull();

    [Fact]
    public void Parameters_are_decoded_and_the_first_one_counts()
    {
        var request = new MetadataRequest("GET", "/", "a=1&b=x%20y&a=2&c&d=%");

        request.Parameter("a").ShouldBe("1");
        request.Parameter("b").ShouldBe("x y");
        request.Parameter("c").ShouldBe("");
        request.Parameter("d").ShouldBe("");
        request.Parameter("e").ShouldBeNull();
    }

    [Fact]
    public void Any_bytes_are_read_without_an_exception()
        => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Heads().ToArbitrary(), head =>
        {
            var request = MetadataRequest.Read(head);
            return request is null || (request.Path.StartsWith('/') && request.Segments?.Contains("") != true && request.Parameter("none") is null);
        }));

    private static MetadataRequest? Read(string head) => MetadataRequest.Read(Encoding.Latin1.GetBytes(head));

    private static Gen<byte[]> Heads()
    {
        var word = Gen.Elements("GET", " ", "/", "%", "%2", "+", "?", "=", "&", "HTTP/1.1", "\r\n", ":", "Accept", "http://", "é", "#", "wait", "\n");
        return word.ListOf().Select(words => Encoding.Latin1.GetBytes(string.Concat(words)));
    }
}
