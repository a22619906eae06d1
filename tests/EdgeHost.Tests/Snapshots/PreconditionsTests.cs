using EdgeHost.Snapshots;
using Microsoft.AspNetCore.Http;

namespace EdgeHost.Tests.Snapshots;

public sealed class PreconditionsTests
{
    private const string Tag = "\"abc\"";
    private const string Then = "Sat, 31 Jan 2026 12:00:00 GMT";
    private const string Before = "Sat, 31 Jan 2026 11:59:59 GMT";
    private const string After = "Sat, 31 Jan 2026 12:00:01 GMT";

    [Theory]
    [InlineData("", "Proceed")]
    [InlineData("If-None-Match: \"abc\"", "NotModified")]
    [InlineData("If-None-Match: W/\"abc\"", "NotModified")]
    [InlineData("If-None-Match: \"x\", \"abc\" ,\"y\"", "NotModified")]
    [InlineData("If-None-Match: *", "NotModified")]
    [InlineData("If-None-Match: \"x\"", "Proceed")]
    [InlineData("If-None-Match: abc", "Proceed")]
    [InlineData("If-None-Match: w/\"abc\"", "Proceed")]
    [InlineData("If-None-Match: \"ABC\"", "Proceed")]
    [InlineData("If-None-Match: ", "Proceed")]
    [InlineData($"If-Modified-Since: {Then}", "NotModified")]
    [InlineData($"If-Modified-Since: {After}", "NotModified")]
    [InlineData($"If-Modified-Since: {Before}", "Proceed")]
    [InlineData("If-Modified-Since: long ago", "Proceed")]
    [InlineData("If-Modified-Since: 2026-02-31", "Proceed")]
    // If-Modified-Since is ignored beside If-None-Match, and If-Unmodified-Since beside If-Match.
    [InlineData($"If-None-Match: \"x\"|If-Modified-Since: {After}", "Proceed")]
    [InlineData($"If-None-Match: \"abc\"|If-Modified-Since: {Before}", "NotModified")]
    [InlineData("If-Match: \"abc\"", "Proceed")]
    [InlineData("If-Match: \"x\", \"abc\"", "Proceed")]
    [InlineData("If-Match: *", "Proceed")]
    [InlineData("If-Match: \"x\"", "Failed")]
    [InlineData("If-Match: W/\"abc\"", "Failed")]
    [InlineData($"If-Match: \"abc\"|If-Unmodified-Since: {Before}", "Proceed")]
    [InlineData($"If-Match: \"x\"|If-Unmodified-Since: {After}", "Failed")]
    [InlineData($"If-Unmodified-Since: {Before}", "Failed")]
    [InlineData($"If-Unmodified-Since: {Then}", "Proceed")]
    [InlineData("If-Unmodified-Since: never", "Proceed")]
    // What fails comes first; what is passed is followed by the other.
    [InlineData("If-Match: \"x\"|If-None-Match: \"abc\"", "Failed")]
    [InlineData("If-Match: \"abc\"|If-None-Match: \"abc\"", "NotModified")]
    [InlineData($"If-Unmodified-Since: {Before}|If-Modified-Since: {Then}", "Failed")]
    [InlineData($"If-Unmodified-Since: {Then}|If-Modified-Since: {Then}", "NotModified")]
    public void Are_evaluated_in_the_order_of_RFC_9110(string headers, string expected) =>
        Assert.Equal(Enum.Parse<PreconditionResult>(expected), Preconditions.Evaluate(Headers(headers), Tag, Some.Time));

    [Theory]
    [InlineData($"If-Modified-Since: {After}")]
    [InlineData($"If-Unmodified-Since: {Before}")]
    public void Dates_say_nothing_about_what_has_none(string header) =>
        Assert.Equal(PreconditionResult.Proceed, Preconditions.Evaluate(Headers(header), Tag, null));

    [Fact]
    public void Several_lines_are_one_list()
    {
        var headers = new HeaderDictionary { ["If-None-Match"] = new(["\"x\"", "\"abc\""]) };

        Assert.Equal(PreconditionResult.NotModified, Preconditions.Evaluate(headers, Tag, null));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(Tag, true)]
    [InlineData("W/\"abc\"", false)]
    [InlineData("\"x\"", false)]
    [InlineData(Then, true)]
    [InlineData(Before, false)]
    [InlineData(After, false)]
    [InlineData("nonsense", false)]
    public void A_range_applies_to_the_same_copy_only(string ifRange, bool applies) => Assert.Equal(applies, Preconditions.RangeApplies(ifRange, Tag, Some.Time));

    private static HeaderDictionary Headers(string text)
    {
        var headers = new HeaderDictionary();
        foreach (var header in text.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = header.Split(':', 2);
            headers[parts[0]] = parts[1].Trim();
        }

        return headers;
    }
}
