using System.Net;
using System.Text;
using System.Text.Json;
using CsCheck;
using EdgeHost.AccessLogs;
using EdgeHost.Decisions;

namespace EdgeHost.Tests.AccessLogs;

public sealed class AccessLogFormatTests
{
    private static readonly AccessRecord Whole = Some.AccessRecord;

    [Fact]
    public void Has_the_documented_form()
    {
        const string Expected =
            """{"ts":"2026-01-31T12:00:00.123Z","method":"GET","host":"www.nova.example","path":"/a","proto":"HTTP/1.1","status":200,"size":42,"duration_ms":1.235,"site":"nova","decision":"snapshot","reason":"origin-down","scope":"site:nova","problem":"connection-refused","snapshot":"20260131t120000z-00000001","client_ip":"203.0.113.9","user_agent":"curl/8"}""";

        Assert.Equal(Expected + "\n", Line(Whole));
        Assert.Equal(Expected.Replace("\"path\":\"/a\"", "\"target\":\"/a?b=c\"", StringComparison.Ordinal) + "\n", Line(Whole, withQuery: true));
    }

    [Fact]
    public void Leaves_out_what_is_not_known() => Assert.Equal(
        """{"ts":"2026-01-31T12:00:00.123Z","method":"GET","path":"/a","proto":"HTTP/1.1","status":200,"duration_ms":1.235,"decision":"snapshot","reason":"origin-down"}""" + "\n",
        Line(Whole with { Host = null, Site = null, Scope = null, Snapshot = null, Client = null, UserAgent = null, Problem = null, Size = -1 }));

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\r\n{\"ts\":\"forged\"}")]
    [InlineData("\"},{\"")]
    [InlineData("\\\"")]
    [InlineData("\0\u0001\u001b[31m\u007f")]
    [InlineData("\u0085\u009b31m")]
    [InlineData("\u2028\u2029")]
    [InlineData("<script>é</script>")]
    [InlineData("\ud800")]
    public void Nothing_that_a_client_sends_breaks_a_line(string text)
    {
        var line = Line(Whole with { Target = "/" + text, UserAgent = text, Host = text, Method = text, Problem = text }, withQuery: true);

        Assert.Equal(1, line.Count(c => c == '\n'));
        Assert.EndsWith("}\n", line, StringComparison.Ordinal);
        Assert.DoesNotContain(line[..^1], char.IsControl);
        Assert.DoesNotContain(line, c => c is '\u2028' or '\u2029');
        var json = JsonElement.Parse(line);
        Assert.Equal(text == "\ud800" ? "\ufffd" : text, json.GetProperty("user_agent").GetString());
        Assert.Equal("nova", json.GetProperty("site").GetString());
    }

    [Fact]
    public void Any_Latin_text_is_read_back() => Gen.Char['\0', '\xff'].Array[0, 40].Select(chars => new string(chars)).Sample(text =>
    {
        var line = Line(Whole with { UserAgent = text });
        return line.IndexOf('\n', StringComparison.Ordinal) == line.Length - 1 && JsonElement.Parse(line).GetProperty("user_agent").GetString() == text;
    });

    [Fact]
    public void Lines_follow_each_other_until_they_are_taken()
    {
        var format = new AccessLogFormat(false);
        format.Add(Whole);
        format.Add(Whole);
        Assert.Equal(2, Encoding.UTF8.GetString(format.Written.Span).Count(c => c == '\n'));
        format.Clear();
        Assert.True(format.Written.IsEmpty);
    }

    [Fact]
    public void What_is_kept_from_one_line_to_the_next_changes_none_of_them() => SomeRecord.Array[1, 12].Sample(records =>
    {
        var parts = new LineParts();
        var format = new AccessLogFormat(false);
        foreach (var record in records)
        {
            format.Add(record with { Parts = parts });
        }

        return Encoding.UTF8.GetString(format.Written.Span) == string.Concat(records.Select(record => Line(record)));
    });

    // Of few values, so that many are the same as in the line before.
    private static readonly Gen<AccessRecord> SomeRecord = Gen.Select(
        Gen.Int[0, 3].Array[5],
        Gen.OneOf(-1000.4, -1, -0.4, 0, 0.4, 1, 1000),
        Gen.OneOf("/", "/a", "/a?b=c"),
        Gen.OneOf(-1L, 0L, 7L, 123_456_789L),
        Gen.Enum<DecisionReason>(),
        (pick, milliseconds, target, size, reason) => Whole with
        {
            At = Whole.At.AddMilliseconds(milliseconds),
            Duration = TimeSpan.FromMicroseconds(pick[0] * 777),
            Method = pick[0] < 2 ? "GET" : "HEAD",
            Target = target,
            Status = 200 + pick[0],
            Size = size,
            Decision = new Decision(DecisionKind.Snapshot, reason),
            Host = pick[1] == 0 ? null : pick[1] == 1 ? "b.example" : Whole.Host,
            Site = pick[2] == 0 ? null : Whole.Site,
            Scope = pick[2] == 1 ? null : Whole.Scope,
            Problem = pick[2] == 2 ? null : Whole.Problem,
            Snapshot = pick[3] == 0 ? null : Whole.Snapshot,
            Client = pick[3] == 1 ? null : pick[3] == 2 ? IPAddress.IPv6Loopback : Whole.Client,
            UserAgent = pick[4] switch { 0 => null, 1 => "\"quoted\"", 2 => new string('u', 5000), _ => Whole.UserAgent },
        });

    private static string Line(AccessRecord record, bool withQuery = false)
    {
        var format = new AccessLogFormat(withQuery);
        format.Add(record);
        return Encoding.UTF8.GetString(format.Written.Span);
    }
}
