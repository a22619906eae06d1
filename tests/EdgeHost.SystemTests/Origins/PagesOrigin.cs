using System.Text;

namespace EdgeHost.SystemTests.Origins;

/// <summary>A small website whose pages say which version of it they are.</summary>
internal static class PagesOrigin
{
    public const int Pages = 5;

    /// <summary>Makes an origin show a version: a home page that links to <c>/page-1</c> and so on, and honest 404s.</summary>
    public static void Show(RawOrigin origin, string version) => origin.Answer = request => request.Target switch
    {
        "/" => Html(200, "Home", version, string.Concat(Enumerable.Range(1, Pages).Select(i => $"<a href=\"/page-{i}\">{i}</a>"))),
        ['/', 'p', 'a', 'g', 'e', '-', var digit] when digit - '0' is >= 1 and <= Pages => Html(200, request.Target, version, new string('x', 3000)),
        _ => Html(404, "Not found", "", ""),
    };

    private static byte[] Html(int status, string title, string version, string body)
    {
        var page = $"<!DOCTYPE html><html><head><title>{title}</title></head><body><p>{version}</p>{body}</body></html>";
        return Encoding.UTF8.GetBytes($"HTTP/1.1 {status} X\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {Encoding.UTF8.GetByteCount(page)}\r\n\r\n{page}");
    }
}
