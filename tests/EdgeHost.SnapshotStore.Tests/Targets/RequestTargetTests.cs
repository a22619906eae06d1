using CsCheck;
using EdgeHost.SnapshotStore.Targets;

namespace EdgeHost.SnapshotStore.Tests.Targets;

public sealed class RequestTargetTests
{
    // What goes wrong in paths, far more often than chance would have it.
    private static readonly Gen<string> Pieces = Gen.OneOf(
        "/", "//", ".", "..", "%2e", "%2E", "%2f", "%5c", "%252e", "\\", ";", ";x", "?", "&", "=", "%", "%2", "%4", "%41", "%25", "%00", "%7f", "%C3%A9", "\0", "\n", " ", "é", "#", "a", "A", "~", "\"", "<", "|", "utm_source=x", "b=2", "a=1", "a", "+", "%20", "[]");

    private static readonly Gen<string> Targets = Gen.Frequency(
        (5, Gen.Select(Pieces.Array[0, 12], pieces => "/" + string.Concat(pieces))),
        (1, Gen.String),
        (1, Gen.Select(Gen.Char.Array[0, 40], chars => "/" + new string(chars))));

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a%7Eb", "/a~b")]
    [InlineData("/caf%c3%a9", "/caf%C3%A9")]
    [InlineData("/a|b", "/a%7Cb")]
    [InlineData("/a%2fb", "/a%2Fb")]
    [InlineData("/a?b=%7e", "/a?b=%7e")]
    [InlineData("/.well-known/x", "/.well-known/x")]
    [InlineData("/a...b/..c", "/a...b/..c")]
    public void Is_canonical(string raw, string expected)
    {
        Assert.True(RequestTarget.TryParse(raw, out var target, out _));
        Assert.Equal(expected, target.ToString());
    }

    [Theory]
    [InlineData("", TargetError.NotAPath)]
    [InlineData("a", TargetError.NotAPath)]
    [InlineData("http://x/", TargetError.NotAPath)]
    [InlineData("*", TargetError.NotAPath)]
    [InlineData("/..", TargetError.DotSegment)]
    [InlineData("/a/../b", TargetError.DotSegment)]
    [InlineData("/a/%2e%2E/b", TargetError.DotSegment)]
    [InlineData("/a/..%2fb", TargetError.DotSegment)]
    [InlineData("/a%5c..%5Cb", TargetError.DotSegment)]
    [InlineData("/a/..;x=1/b", TargetError.DotSegment)]
    [InlineData("/./a", TargetError.DotSegment)]
    [InlineData("/a\\b", TargetError.ForbiddenCharacter)]
    [InlineData("/a%00b", TargetError.ForbiddenCharacter)]
    [InlineData("/a%0d%0ab", TargetError.ForbiddenCharacter)]
    [InlineData("/a b", TargetError.ForbiddenCharacter)]
    [InlineData("/a#b", TargetError.ForbiddenCharacter)]
    [InlineData("/é", TargetError.ForbiddenCharacter)]
    [InlineData("/a?é", TargetError.ForbiddenCharacter)]
    [InlineData("/a?b\nc", TargetError.ForbiddenCharacter)]
    [InlineData("/a%", TargetError.BadPercentEncoding)]
    [InlineData("/a%4", TargetError.BadPercentEncoding)]
    [InlineData("/a%zz", TargetError.BadPercentEncoding)]
    public void Is_refused(string raw, TargetError expected)
    {
        Assert.False(RequestTarget.TryParse(raw, out _, out var error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void Is_refused_when_it_is_too_long_as_sent_or_in_its_canonical_form()
    {
        foreach (var raw in new[] { "/" + new string('a', 8192), "/" + new string('|', 4000) })
        {
            Assert.False(RequestTarget.TryParse(raw, out _, out var error));
            Assert.Equal(TargetError.TooLong, error);
        }
    }

    [Fact]
    public void Is_the_same_when_it_is_parsed_again() => Targets.Sample(raw =>
    {
        if (!RequestTarget.TryParse(raw, out var target, out _))
        {
            return true;
        }

        return RequestTarget.TryParse(target.ToString(), out var again, out _) && again == target;
    }, iter: 50_000);

    [Fact]
    public void Its_key_stays_below_the_root_and_holds_nothing_that_could_be_read_twice() => Targets.Sample(raw =>
    {
        if (!RequestTarget.TryParse(raw, out var target, out var error))
        {
            return error != TargetError.None;
        }

        var key = target.Key(QueryPolicy.Default);
        var path = target.Path;
        return key[0] == '/' && path[0] == '/'
            && !key.AsSpan().ContainsAnyExceptInRange('!', '~') && !path.Contains('\\', StringComparison.Ordinal) && !path.Contains('#', StringComparison.Ordinal)
            && path.Split('/').All(segment => segment is not ("." or ".."))
            && Uri.UnescapeDataString(path).Split('/', '\\').All(segment => segment is not ("." or ".."));
    }, iter: 50_000);

    [Fact]
    public void A_key_is_its_own_key() => Targets.Sample(raw =>
    {
        if (!RequestTarget.TryParse(raw, out var target, out _))
        {
            return true;
        }

        var key = target.Key(QueryPolicy.Default);
        return key.Length > RequestTarget.MaxLength || (RequestTarget.TryParse(key, out var again, out _) && again.Key(QueryPolicy.Default) == key);
    }, iter: 50_000);
}
