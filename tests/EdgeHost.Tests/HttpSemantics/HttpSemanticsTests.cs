using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using EdgeHost.Tests.FrontDoor;

namespace EdgeHost.Tests.HttpSemantics;

/// <summary>RFC 9110 and RFC 9111 over snapshots, case by case: adding one is adding a paragraph to a file in <c>Cases</c>.</summary>
public sealed partial class HttpSemanticsTests(SemanticsSite site) : IClassFixture<SemanticsSite>
{
    private static readonly IReadOnlyDictionary<string, SemanticsCase> All = SemanticsCase.ReadAll().ToDictionary(one => one.ToString(), StringComparer.Ordinal);

    public static TheoryData<string> Cases => [.. All.Keys];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory(Timeout = 30_000)]
    [MemberData(nameof(Cases))]
    public async Task Holds(string name)
    {
        var one = All[name];
        var fields = new List<string>();
        foreach (var field in one.Fields)
        {
            fields.Add(await FillAsync(field, one));
        }

        var answer = await SendAsync(one, fields);

        Assert.True(one.Status == answer.Status, $"expected {one.Status}\n{answer}");
        foreach (var (field, pattern) in one.Expected)
        {
            await MatchesAsync(one, field, pattern, answer);
        }
    }

    private Task<RawResponse> SendAsync(SemanticsCase one, IReadOnlyList<string> fields)
    {
        var host = fields.Any(field => field.StartsWith("Host:", StringComparison.OrdinalIgnoreCase)) ? "" : $"Host: {Some.Host}\r\n";
        var line = one.Request.Contains(" HTTP/", StringComparison.Ordinal) ? one.Request : $"{one.Request} HTTP/1.1";
        return site.Bench.SendAsync($"{line}\r\n{host}{string.Concat(fields.Select(field => field + "\r\n"))}\r\n");
    }

    private async Task MatchesAsync(SemanticsCase one, string field, string pattern, RawResponse answer)
    {
        if (field == "body")
        {
            HasBody(one, pattern, answer);
            return;
        }

        var value = answer[field];
        var isMet = pattern switch
        {
            "absent" => value is null,
            "present" => value is not null,
            _ when pattern.StartsWith('~') => value is not null && Regex.IsMatch(value, pattern[1..]),
            _ => value == await FillAsync(pattern, one),
        };
        Assert.True(isMet, $"{field}: expected {pattern}\n{answer}");
    }

    private static void HasBody(SemanticsCase one, string pattern, RawResponse answer)
    {
        var expected = pattern.Split(' ', 2) switch
        {
            ["empty"] => [],
            ["whole"] => SemanticsSite.ContentOf(one.Target),
            ["decoded"] => SemanticsSite.ContentOf(one.Target),
            ["bytes", var range] => Part(one, range),
            ["parts", _] => null,
            _ => throw new FormatException($"'{pattern}' is no body."),
        };
        if (expected is null)
        {
            HasParts(one, pattern[6..].Split(','), answer);
            return;
        }

        Assert.Equal(expected, pattern == "decoded" ? Decode(answer) : answer.Body);
    }

    // RFC 2046, section 5.1.1, read without mercy.
    private static void HasParts(SemanticsCase one, string[] ranges, RawResponse answer)
    {
        var whole = SemanticsSite.ContentOf(one.Target);
        var boundary = answer["Content-Type"]!.Split("boundary=")[1];
        var type = one.Target.EndsWith(".mp4", StringComparison.Ordinal) ? "video/mp4" : "text/plain";
        var expected = string.Join("\r\n", ranges.Select(range => $"--{boundary}\r\nContent-Type: {type}\r\nContent-Range: bytes {range}/{whole.Length}\r\n\r\n{Encoding.Latin1.GetString(Part(one, range))}"));

        Assert.Equal($"{expected}\r\n--{boundary}--\r\n", Encoding.Latin1.GetString(answer.Body));
    }

    private static byte[] Part(SemanticsCase one, string range)
    {
        var ends = range.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToList();
        return SemanticsSite.ContentOf(one.Target)[ends[0]..(ends[1] + 1)];
    }

    private static byte[] Decode(RawResponse answer)
    {
        using var coded = new MemoryStream(answer.Body);
        using Stream decoder = answer["Content-Encoding"] switch
        {
            "gzip" => new GZipStream(coded, CompressionMode.Decompress),
            "br" => new BrotliStream(coded, CompressionMode.Decompress),
            var other => throw new FormatException($"'{other}' is not decoded here."),
        };
        using var whole = new MemoryStream();
        decoder.CopyTo(whole);
        return whole.ToArray();
    }

    // What a plain GET of the same target says, in a coding where one is named.
    private async Task<string> FillAsync(string text, SemanticsCase one)
    {
        foreach (Match mark in Mark().Matches(text))
        {
            var (name, coding) = (mark.Groups[1].Value, mark.Groups[2].Value);
            var plain = await site.Bench.GetAsync(one.Target, coding is "" or "upper" or "bare" ? [] : [$"Accept-Encoding: {coding}"]);
            var value = (name, coding) switch
            {
                ("etag", "upper") => plain["ETag"]!.ToUpperInvariant(),
                ("etag", "bare") => plain["ETag"]!.Trim('"'),
                ("etag", _) => plain["ETag"]!,
                ("length", _) => plain.Body.Length.ToString(CultureInfo.InvariantCulture),
                ("modified", _) => plain["Last-Modified"]!,
                ("modified+1", _) => Moved(plain, 1),
                ("modified-1", _) => Moved(plain, -1),
                ("now", _) => TimeProvider.System.GetUtcNow().ToString("R", CultureInfo.InvariantCulture),
                _ => throw new FormatException($"'{mark.Value}' is not known."),
            };
            text = text.Replace(mark.Value, value, StringComparison.Ordinal);
        }

        return text;
    }

    private static string Moved(RawResponse plain, int seconds) =>
        DateTimeOffset.Parse(plain["Last-Modified"]!, CultureInfo.InvariantCulture).AddSeconds(seconds).ToString("R", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{([a-z+1-]+)(?: ([a-z]+))?\}")]
    private static partial Regex Mark();
}
