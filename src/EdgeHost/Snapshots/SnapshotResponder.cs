using System.Globalization;
using EdgeHost.Decisions;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace EdgeHost.Snapshots;

/// <summary>Writes an answer of a snapshot: conditions, coding, range, headers, bytes.</summary>
internal sealed class SnapshotResponder(BodyCache bodies)
{
    private static readonly StringValues CacheStatus = "EdgeHost; hit; detail=snapshot";

    /// <returns>False when the bytes can't be had: nothing has been written then.</returns>
    public ValueTask<bool> RespondAsync(in SnapshotAnswer answer)
    {
        var body = answer.WantsRange ? answer.Entry.Identity : answer.Entry.Choose(AcceptEncoding.Parse(answer.Context.Request.Headers.AcceptEncoding));
        byte[]? content = null;
        if (body is not null && answer.IsGet)
        {
            content = bodies.TryGet(body);
            if (content is null)
            {
                return LoadAndRespondAsync(answer, body);
            }
        }

        return new ValueTask<bool>(WriteAsync(answer, body, content, null));
    }

    /// <summary>The first bytes of an entry's uncoded body; null when they are not here: the store is not asked.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> HeadAsync(SnapshotEntry entry, int length, CancellationToken cancellationToken) =>
        entry.Identity is { } body && await bodies.PeekAsync(body, cancellationToken) is { } content ? content.AsMemory(0, Math.Min(length, content.Length)) : null;

    /// <summary>The last bytes of an entry's uncoded body; null when they are not here: the store is not asked.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> TailAsync(SnapshotEntry entry, int length, CancellationToken cancellationToken) =>
        entry.Identity is { } body && await bodies.PeekAsync(body, cancellationToken) is { } content ? content.AsMemory(Math.Max(0, content.Length - length)) : null;

    private async ValueTask<bool> LoadAndRespondAsync(SnapshotAnswer answer, SnapshotBody body)
    {
        var (content, file) = await bodies.LoadAsync(body, answer.Context.RequestAborted);
        if (content is null && file is null)
        {
            return false;
        }

        return await WriteAsync(answer, body, content, file);
    }

    private static Task<bool> WriteAsync(in SnapshotAnswer answer, SnapshotBody? body, byte[]? content, string? file)
    {
        var (context, entry) = (answer.Context, answer.Entry);
        var response = context.Response;
        var headers = response.Headers;
        response.StatusCode = entry.Status;
        foreach (var (name, value) in entry.Headers)
        {
            headers[name] = value;
        }

        headers.CacheControl = answer.CacheControl;
        headers["Cache-Status"] = CacheStatus;
        if (answer.DecisionHeader)
        {
            headers[EdgeHeaders.Decision] = answer.Found.From.DecisionHeader(answer.Reason, answer.Scope);
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
        if (answer.WantsRange && Preconditions.RangeApplies(context.Request.Headers.IfRange.ToString(), body.ETag.ToString(), entry.LastModified))
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
