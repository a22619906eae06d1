using System.Globalization;
using EdgeHost.Decisions;
using EdgeHost.Live;
using EdgeHost.Replicas;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace EdgeHost.Snapshots;

/// <summary>Writes an answer of a snapshot: conditions, coding, range, headers, bytes.</summary>
internal sealed class SnapshotResponder(BodyCache bodies)
{
    private static readonly StringValues CacheStatus = "EdgeHost; hit; detail=snapshot";

    /// <returns>False when the bytes can't be had: nothing has been written then.</returns>
    public ValueTask<bool> RespondAsync(HttpContext context, SiteSnapshot snapshot, SnapshotEntry entry, DecisionReason reason, bool decisionHeader)
    {
        var request = context.Request.Headers;
        var wantsRange = entry.Status == 200 && request.Range.Count == 1 && HttpMethods.IsGet(context.Request.Method);
        var body = wantsRange ? entry.Identity : entry.Choose(AcceptEncoding.Parse(request.AcceptEncoding));
        byte[]? content = null;
        if (body is not null && HttpMethods.IsGet(context.Request.Method))
        {
            content = bodies.TryGet(body);
            if (content is null)
            {
                return LoadAndRespondAsync(context, snapshot, entry, body, reason, decisionHeader, wantsRange);
            }
        }

        return new ValueTask<bool>(WriteAsync(context, snapshot, entry, body, content, null, reason, decisionHeader, wantsRange));
    }

    /// <summary>The last bytes of an entry's uncoded body; null when they can't be had.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> TailAsync(SnapshotEntry entry, int length, CancellationToken cancellationToken)
    {
        if (entry.Identity is not { } body)
        {
            return null;
        }

        var content = bodies.TryGet(body);
        if (content is null)
        {
            (content, var path) = await bodies.LoadAsync(body, cancellationToken);
            content = path is null ? content : await ReadTailAsync(path, length, cancellationToken);
        }

        return content?.AsMemory(Math.Max(0, content.Length - length));
    }

    private static async Task<byte[]?> ReadTailAsync(string path, int length, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            file.Seek(-Math.Min(length, file.Length), SeekOrigin.End);
            var tail = new byte[Math.Min(length, file.Length)];
            await file.ReadExactlyAsync(tail, cancellationToken);
            return tail;
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            return null;
        }
    }

    private async ValueTask<bool> LoadAndRespondAsync(
        HttpContext context, SiteSnapshot snapshot, SnapshotEntry entry, SnapshotBody body, DecisionReason reason, bool decisionHeader, bool wantsRange)
    {
        var (content, file) = await bodies.LoadAsync(body, context.RequestAborted);
        if (content is null && file is null)
        {
            return false;
        }

        return await WriteAsync(context, snapshot, entry, body, content, file, reason, decisionHeader, wantsRange);
    }

    private static Task<bool> WriteAsync(
        HttpContext context, SiteSnapshot snapshot, SnapshotEntry entry, SnapshotBody? body, byte[]? content, string? file, DecisionReason reason, bool decisionHeader, bool wantsRange)
    {
        var response = context.Response;
        var headers = response.Headers;
        response.StatusCode = entry.Status;
        foreach (var (name, value) in entry.Headers)
        {
            headers[name] = value;
        }

        headers["Cache-Status"] = CacheStatus;
        if (decisionHeader)
        {
            headers[EdgeHeaders.Decision] = snapshot.DecisionHeader(reason);
        }

        if (body is null)
        {
            response.ContentLength = HasNoBody(entry.Status) ? null : 0;
            return Done;
        }

        if (body.ContentEncoding is not null)
        {
            headers.ContentEncoding = body.ContentEncoding;
        }

        if (entry.Status == StatusCodes.Status200OK)
        {
            headers.ETag = body.ETag;
            headers.AcceptRanges = "bytes";
            switch (Preconditions.Evaluate(context.Request.Headers, body.ETag, entry.LastModified))
            {
                case PreconditionResult.NotModified:
                    response.StatusCode = StatusCodes.Status304NotModified;
                    headers.Remove(HeaderNames.ContentType);
                    headers.Remove(HeaderNames.ContentEncoding);
                    return Done;
                case PreconditionResult.Failed:
                    response.StatusCode = StatusCodes.Status412PreconditionFailed;
                    headers.Remove(HeaderNames.ContentEncoding);
                    response.ContentLength = 0;
                    return Done;
            }
        }

        var part = new ByteRange(0, body.Length - 1);
        if (wantsRange && Preconditions.RangeApplies(context.Request.Headers.IfRange.ToString(), body.ETag.ToString(), entry.LastModified))
        {
            var range = ByteRange.Parse(context.Request.Headers.Range.ToString(), body.Length, out var satisfiable);
            if (!satisfiable)
            {
                response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
                headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{body.Length}");
                response.ContentLength = 0;
                return Done;
            }

            if (range is { } asked)
            {
                part = asked;
                response.StatusCode = StatusCodes.Status206PartialContent;
                headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {part.First}-{part.Last}/{body.Length}");
            }
        }

        response.ContentLength = part.Length;
        if (HttpMethods.IsHead(context.Request.Method) || part.Length == 0)
        {
            return Done;
        }

        return content is not null
            ? SendAsync(response.Body.WriteAsync(content.AsMemory((int)part.First, (int)part.Length), context.RequestAborted))
            : SendFileAsync(response, file!, part, context.RequestAborted);
    }

    private static readonly Task<bool> Done = Task.FromResult(true);

    private static bool HasNoBody(int status) => status is 204 or 304;

    private static Task<bool> SendAsync(ValueTask write)
    {
        if (write.IsCompletedSuccessfully)
        {
            return Done;
        }

        return Await(write);

        static async Task<bool> Await(ValueTask write)
        {
            await write;
            return true;
        }
    }

    private static async Task<bool> SendFileAsync(HttpResponse response, string file, ByteRange part, CancellationToken cancellationToken)
    {
        await response.SendFileAsync(file, part.First, part.Length, cancellationToken);
        return true;
    }
}
