using System.Text;

namespace EdgeHost.Tests.FrontDoor;

/// <summary>What an origin may do to a request.</summary>
internal static class Answers
{
    public static Func<OriginExchange, Task> Text(string body, int status = 200, string headers = "", string type = "text/plain") => exchange =>
        exchange.SendAsync($"HTTP/1.1 {status} Any\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n{headers}\r\n{(exchange.Request.Method == "HEAD" ? "" : body)}");

    public static Func<OriginExchange, Task> Html(string text) => Text(Some.Html(text), type: "text/html");

    public static Func<OriginExchange, Task> LiveHome { get; } = Text(Some.LiveHome, type: "text/html");

    public static Func<OriginExchange, Task> Status(int status) => Text("System.InvalidOperationException: at Platform.Secrets()", status);

    /// <summary>What it received, as the body.</summary>
    public static Task Echo(OriginExchange exchange) => Text(exchange.Request.Head + exchange.Request.Body)(exchange);

    /// <summary>Never.</summary>
    public static Task Silence(OriginExchange exchange) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, exchange.Stopping);

    public static Task Close(OriginExchange exchange)
    {
        exchange.Close();
        return Task.CompletedTask;
    }

    public static Task Reset(OriginExchange exchange)
    {
        exchange.Reset();
        return Task.CompletedTask;
    }

    public static Task Garbage(OriginExchange exchange) => exchange.SendAsync("SSH-2.0-OpenSSH_9.2\r\n\r\n");

    /// <summary>A head in parts of which the last never comes.</summary>
    public static async Task HalfAHead(OriginExchange exchange)
    {
        await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Slow: ");
        await Silence(exchange);
    }

    /// <summary>Raw bytes, and then the end of the connection.</summary>
    public static Func<OriginExchange, Task> ThenClose(string raw) => async exchange =>
    {
        await exchange.SendAsync(raw);
        exchange.Close();
    };

    /// <summary>HTML that is ended by the end of the connection.</summary>
    public static Func<OriginExchange, Task> CloseDelimited(string html) => ThenClose($"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n\r\n{html}");

    public static Func<OriginExchange, Task> Script(string raw) => exchange => exchange.SendAsync(raw);

    public static string Chunk(string text) => $"{Encoding.Latin1.GetByteCount(text):x}\r\n{text}\r\n";
}
