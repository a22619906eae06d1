using System.Text;
using StaticExport.Reports;
using StaticExport.Tests.Origins;
using StaticExport.Tests.Publish;
using Xunit;

namespace StaticExport.Tests.Fetching;

/// <summary>A body that only the connection's end delimits: nothing in HTTP shows whether the origin died within it.</summary>
public sealed class TruncationTests
{
    private const string Whole = "<html><body><a href=/page>page</a></body></html>\n<!-- 12 ms -->\n";
    private const string NotFound = "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno";

    [Fact]
    public async Task Believes_a_page_that_ends_as_pages_end()
    {
        var (report, origin, _) = await ExportAsync((target, _) => target is "/" or "/page" ? CloseDelimited("text/html", Whole) : NotFound);

        Assert.Equal(ReportOutcome.Activated, report.Outcome);
        // Once for the page, and once for the http view.
        Assert.Equal(2, origin.TimesAsked("/page"));
    }

    [Fact]
    public async Task Asks_again_for_a_cut_page_and_records_the_whole_one()
    {
        var (report, _, body) = await ExportAsync((target, times) => target switch
        {
            "/" => CloseDelimited("text/html", Whole),
            "/page" => CloseDelimited("text/html", times == 1 ? "<html><body>Half a" : "<html><body>Half a page</body></html>"),
            _ => NotFound,
        });

        Assert.Equal(ReportOutcome.Activated, report.Outcome);
        Assert.Equal("<html><body>Half a page</body></html>", body);
    }

    [Theory]
    [InlineData("text/html", "<p>a page that never had an end")]
    [InlineData("text/css", ".a { color: red }")]
    public async Task Believes_two_equal_answers_where_the_end_says_nothing(string type, string text)
    {
        var (report, origin, body) = await ExportAsync((target, _) => target switch
        {
            "/" => CloseDelimited("text/html", Whole),
            "/page" => CloseDelimited(type, text),
            _ => NotFound,
        });

        Assert.Equal(ReportOutcome.Activated, report.Outcome);
        Assert.Equal(text, body);
        Assert.InRange(origin.TimesAsked("/page"), 3, 4);
    }

    [Fact]
    public async Task Fails_a_page_that_is_cut_differently_each_time()
    {
        var (report, _, _) = await ExportAsync((target, times) => target switch
        {
            "/" => CloseDelimited("text/html", Whole),
            "/page" => CloseDelimited("text/html", "<html><body>" + new string('x', times)),
            _ => NotFound,
        });

        Assert.Equal(ReportOutcome.Failed, report.Outcome);
        Assert.Equal("truncated", report.Urls.Single(url => url.Url == "/page").Reason);
    }

    [Fact]
    public async Task Sees_by_its_length_that_an_answer_was_cut()
    {
        var (report, _, _) = await ExportAsync((target, _) => target switch
        {
            "/" => CloseDelimited("text/html", Whole),
            "/page" => "HTTP/1.1 200 OK\r\nContent-Type: text/css\r\nContent-Length: 1000\r\n\r\nhalf",
            _ => NotFound,
        });

        Assert.Equal("broken-off", report.Urls.Single(url => url.Url == "/page").Reason);
    }

    private static string CloseDelimited(string type, string body) => $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nConnection: close\r\n\r\n{body}";

    /// <param name="answer">The whole answer for a target and the how-manieth time it is asked for, from 1.</param>
    private static async Task<(ExportReport Report, RawOrigin Origin, string? Page)> ExportAsync(Func<string, int, string> answer)
    {
        using var fixture = await ExportFixture.CreateAsync();
        await using var origin = new RawOrigin { ClosesAfterAnswer = true };
        origin.Answer = request => Encoding.UTF8.GetBytes(answer(request.Target, origin.TimesAsked(request.Target)));
        var report = await fixture.ExportAsync(origin.Url);
        var page = (await fixture.ActiveAsync())?.Entries.SingleOrDefault(entry => entry.Key == "/page");
        return (report, origin, page is null ? null : Encoding.UTF8.GetString(await fixture.BodyAsync(page)));
    }
}
