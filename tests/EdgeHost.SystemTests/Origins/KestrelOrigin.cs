using System.Threading.Channels;
using EdgeHost.SystemTests.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EdgeHost.SystemTests.Origins;

/// <summary>A platform with a WebSocket, a body that comes slowly and an upload.</summary>
internal sealed class KestrelOrigin : IAsyncDisposable
{
    private readonly Channel<string> pieces = Channel.CreateUnbounded<string>();
    private readonly WebApplication app;
    private long bytesUploaded;

    public KestrelOrigin()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{Port}");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.UseWebSockets();
        app.Map("/echo", EchoAsync);
        app.MapGet("/slow", SlowAsync);
        app.MapPost("/count", CountAsync);
        app.MapGet("/big", BigAsync);
    }

    public int Port { get; } = Ports.Free();

    /// <summary>How many bytes <c>/big</c> has.</summary>
    public const long BigLength = 1024L * 1024 * 1024;

    /// <summary>How many bytes of <c>/count</c> have arrived so far.</summary>
    public long BytesUploaded => Interlocked.Read(ref bytesUploaded);

    public Task StartAsync() => app.StartAsync();

    /// <summary>What the body of <c>/slow</c> goes on with.</summary>
    public void SendPiece(string text) => pieces.Writer.TryWrite(text);

    public void EndPieces() => pieces.Writer.TryComplete();

    public ValueTask DisposeAsync()
    {
        EndPieces();
        return app.DisposeAsync();
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted);
            if (part.MessageType == System.Net.WebSockets.WebSocketMessageType.Close)
            {
                await socket.CloseAsync(socket.CloseStatus!.Value, socket.CloseStatusDescription, context.RequestAborted);
                return;
            }

            await socket.SendAsync(buffer.AsMemory(0, part.Count), part.MessageType, part.EndOfMessage, context.RequestAborted);
        }
    }

    private async Task SlowAsync(HttpContext context)
    {
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await foreach (var piece in pieces.Reader.ReadAllAsync(context.RequestAborted))
        {
            await context.Response.WriteAsync(piece, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private static async Task BigAsync(HttpContext context)
    {
        context.Response.ContentLength = BigLength;
        var block = new byte[64 * 1024];
        for (long sent = 0; sent < BigLength; sent += block.Length)
        {
            await context.Response.Body.WriteAsync(block, context.RequestAborted);
        }
    }

    private async Task CountAsync(HttpContext context)
    {
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            Interlocked.Add(ref bytesUploaded, read);
        }

        await context.Response.WriteAsync($"{BytesUploaded}", context.RequestAborted);
    }
}
