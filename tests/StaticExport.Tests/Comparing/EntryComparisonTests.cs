using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using StaticExport.Capturing;
using StaticExport.Comparing;
using StaticExport.Fetching;
using StaticExport.Patterns;
using StaticExport.Volatility;
using Xunit;

namespace StaticExport.Tests.Comparing;

public sealed class EntryComparisonTests
{
    private static readonly VolatilePatterns Patterns = new([Pattern(@"token=""[a-z0-9]*"""), Pattern(@"nonce-\w+")]);

    [Theory]
    [InlineData("<a token=\"1\">x", "<a token=\"2\">x", nameof(EntryChange.Kept))]
    [InlineData("<a token=\"1\">x", "<a token=\"1\">x", nameof(EntryChange.Same))]
    [InlineData("<a token=\"1\">x", "<a token=\"1\">y", nameof(EntryChange.Changed))]
    [InlineData("<a token=\"1\">x", "<a >x", nameof(EntryChange.Changed))]
    public void Keeps_what_differs_only_where_patterns_match(string before, string after, string change) => Assert.Equal(change, Decide(before, after).ToString());

    [Fact]
    public void Looks_into_texts_only() => Assert.Equal(EntryChange.Changed, Decide("token=\"1\"", "token=\"2\"", type: "image/png"));

    [Fact]
    public void Finds_another_status_a_change() => Assert.Equal(EntryChange.Changed, Decide("token=\"1\"", "token=\"2\"", change: fresh => fresh with { Status = 404 }));

    [Fact]
    public void Finds_a_header_a_difference_unless_it_is_volatile_too()
    {
        var nonce = ImmutableSortedDictionary<string, string>.Empty.Add("content-security-policy", "script-src 'nonce-abc'");

        Assert.Equal(EntryChange.Kept, Decide("token=\"1\"", "token=\"2\"", change: fresh => fresh with { Headers = nonce.SetItem("content-security-policy", "script-src 'nonce-xyz'") }, headers: nonce));
        Assert.Equal(EntryChange.Changed, Decide("token=\"1\"", "token=\"2\"", change: fresh => fresh with { Headers = nonce.SetItem("content-security-policy", "default-src *") }, headers: nonce));
    }

    [Fact]
    public void Has_nothing_to_compare_a_new_page_with() =>
        Assert.Equal(EntryChange.New, EntryComparison.Decide(Fresh("x", "text/html"), null, Patterns, "x"u8.ToArray(), null));

    [Fact]
    public void Records_the_fresh_answer_when_the_earlier_bytes_cannot_be_had()
    {
        var entry = Entry("token=\"1\"", "text/html", ImmutableSortedDictionary<string, string>.Empty);

        Assert.Equal(EntryChange.Changed, EntryComparison.Decide(Fresh("token=\"2\"", "text/html"), entry, Patterns, "token=\"2\""u8.ToArray(), null));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("(a)\\1")]
    public void Refuses_patterns_that_do_not_run_in_linear_time(string pattern) => Assert.False(LinearRegex.TryParse(pattern, out _, out _));

    private static Regex Pattern(string text) => LinearRegex.TryParse(text, out var regex, out var fault) ? regex : throw new InvalidOperationException(fault);

    private static EntryChange Decide(
        string before, string after, string type = "text/html", Func<FetchedAnswer, FetchedAnswer>? change = null, ImmutableSortedDictionary<string, string>? headers = null)
    {
        var fresh = Fresh(after, type) with { Headers = headers ?? ImmutableSortedDictionary<string, string>.Empty };
        return EntryComparison.Decide(
            change is null ? fresh : change(fresh),
            Entry(before, type, headers ?? ImmutableSortedDictionary<string, string>.Empty),
            Patterns,
            Encoding.UTF8.GetBytes(after),
            Encoding.UTF8.GetBytes(before));
    }

    private static FetchedAnswer Fresh(string body, string type) => new()
    {
        Status = 200,
        ContentType = type,
        CapturedAt = DateTimeOffset.UnixEpoch,
        Body = new SpooledBody("", body.Length, BlobHash.Of(Encoding.UTF8.GetBytes(body))),
    };

    private static ManifestEntry Entry(string body, string type, ImmutableSortedDictionary<string, string> headers) => new()
    {
        Key = "/",
        Status = 200,
        Kind = EntryKind.Document,
        ContentType = type,
        Headers = headers,
        CapturedAt = DateTimeOffset.UnixEpoch,
        Bodies = [new StoredBody(ContentCoding.Identity, BlobHash.Of(Encoding.UTF8.GetBytes(body)), body.Length)],
    };
}
