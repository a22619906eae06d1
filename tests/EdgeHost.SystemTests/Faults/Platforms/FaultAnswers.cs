using System.Globalization;
using System.Text;

namespace EdgeHost.SystemTests.Faults.Platforms;

/// <summary>Answers byte for byte: a site's own, and those of whoever stands in its place.</summary>
internal static class FaultAnswers
{
    private const string Html = "Content-Type: text/html; charset=utf-8\r\n";

    public static byte[] Whole(int status, string headers, ReadOnlySpan<byte> body) =>
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} X\r\n{headers}Content-Length: {body.Length}\r\n\r\n")), .. body];

    /// <summary>A whole answer; null for faults that give none.</summary>
    public static byte[]? Of(Fault fault, string path) => Foreign(fault, path) is var (status, headers, body) ? Whole(status, headers, Encoding.UTF8.GetBytes(body)) : null;

    /// <summary>Whether an answer is that of a fault, so that it may be told from the site's own.</summary>
    public static bool Is(Fault fault, string path, RawResponse answer) => Foreign(fault, path) is var (status, _, body) && answer.Status == status && answer.Text == body;

    /// <summary>The head and the first half of a body, before the connection ends.</summary>
    public static byte[] Cut(Fault fault, byte[] body)
    {
        var half = body.AsSpan(0, body.Length / 2);
        var head = fault == Fault.CutChunks
            ? string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\n{Html}Transfer-Encoding: chunked\r\n\r\n{half.Length:x}\r\n")
            : string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\n{Html}Content-Length: {body.Length}\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. half, .. fault == Fault.CutChunks ? "\r\n"u8 : []];
    }

    public static byte[] Head(int length) => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\n{Html}Content-Length: {length}\r\n\r\n"));

    private static (int Status, string Headers, string Body)? Foreign(Fault fault, string path) => fault switch
    {
        Fault.InternalServerError => (500, Html, Page("Server Error", "")),
        Fault.BadGateway => (502, Html, Page("502 Bad Gateway", "")),
        Fault.ServiceUnavailable => (503, Html, Page("503 Service Unavailable", "")),
        Fault.GatewayTimeout => (504, Html, Page("504 Gateway Timeout", "")),
        Fault.LyingOk => (200, Html, Page("Something went wrong", "<p>Could not connect to the database.</p>")),
        Fault.NotFound => (404, Html, Page("Not Found", "<p>The requested URL was not found on this server.</p>")),
        Fault.Forbidden => (403, Html, Page("403 Forbidden", "<p>You don't have permission to access this resource.</p>")),
        Fault.ParkingPage => (200, Html, Page("This domain is parked", "<link rel=\"stylesheet\" href=\"https://cdn.parking.example/parked.css\"><p>Buy this domain!</p>")),
        Fault.DefaultPage => (200, Html, Page("Welcome to nginx!", "<p>If you see this page, the nginx web server is successfully installed and working. Further configuration is required.</p>")),
        Fault.LoginElsewhere => (302, $"Location: https://login.elsewhere.example/sign-in?return={path}\r\n", ""),
        Fault.LoginHere => path == "/login" ? (200, Html, Page("Sign in", "<form method=\"post\"><input name=\"user\"></form>")) : (302, "Location: /login\r\n", ""),
        Fault.Unauthorized => (401, "WWW-Authenticate: Basic realm=\"health\"\r\n", ""),
        Fault.RedirectLoop => (302, $"Location: {path}\r\n", ""),
        _ => null,
    };

    private static string Page(string title, string body) => $"<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>\n";
}
