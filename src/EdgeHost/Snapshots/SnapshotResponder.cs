using System.Globalization;
using EdgeHost.Decisions;
using Microsoft.Extensions.Primitives;

namespace EdgeHost.Snapshots;

/// <summary>Writes an answer of a snapshot: conditions, coding, range, headers, bytes.</summary>
internal sealed class SnapshotResponder(BodyCache bodies)
{
    private static readonly StringValues AcceptRanges = "bytes";

    private static readonly StringValues CacheStatus = "EdgeHost; hit; detail=snapshot";

    /// <returns>False when the bytes can't be had: nothing has been written then.</returns>
    public ValueTask<bool> RespondAsync(in SnapshotAnswer answer)
    {
        // Parts are of the uncoded body, so that they fit together whatever a client accepts.
        var ranges = answer.WantsRange ? RangesOf(answer) : null;
        var body = ranges is null ? answer.Entry.Choose(AcceptEncoding.Parse(answer.Context.Request.Headers.AcceptEncoding)) : answer.Entry.Identity;
        var condition = body is not null && answer.Entry.Status == StatusCodes.Status200OK
            ? Preconditions.Evaluate(answer.Context.Request.Headers, body.ETag, answer.Entry.LastModified)
            : PreconditionResult.Proceed;
        if (condition != PreconditionResult.Proceed)
        {
            WriteWithoutBody(answer, body!, condition);
            return new ValueTask<bool>(true);
        }

        if (body is null || !answer.IsGet)
        {
            return new ValueTask<bool>(WriteAsync(answer, body, ranges, default));
        }

        return bodies.TryGet(body) is { } content ? new ValueTask<bool>(WriteAsync(answer, body, ranges, new BodySource(content, null))) : LoadAndRespondAsync(answer, body, ranges);
    }

    /// <summary>The first bytes of an entry's uncoded body; null when they are not here: the store is not asked.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> HeadAsync(SnapshotEntry entry, int length, CancellationToken cancellationToken) =>
        entry.Identity is { } body && await bodies.PeekAsync(body, cancellationToken) is { } content ? content.AsMemory(0, Math.Min(length, content.Length)) : null;

    /// <summary>The last bytes of an entry's uncoded body; null when they are not here: the store is not asked.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> TailAsync(SnapshotEntry entry, int length, CancellationToken cancellationToken) =>
        entry.Identity is { } body && await bodies.PeekAsync(body, cancellationToken) is { } content ? content.AsMemory(Math.Max(0, content.Length - length)) : null;

    private async ValueTask<bool> LoadAndRespondAsync(SnapshotAnswer answer, SnapshotBody body, IReadOnlyList<ByteRange>? ranges)
    {
        var source = await bodies.LoadAsync(body, answer.Context.RequestAborted);
        return !source.IsNowhere && await WriteAsync(answer, body, ranges, source);
    }

    // Whatever is known of the bytes suffices for it.
    private static void WriteWithoutBody(in SnapshotAnswer answer, SnapshotBody body, PreconditionResult condition)
    {
        var response = answer.Context.Response;
        SetHeaders(response.Headers, answer);
        response.Headers.ETag = body.ETag;
        if (condition == PreconditionResult.NotModified)
        {
            // With its tag it needs no date, nor what the client knows of the page's answer (RFC 9110 §15.4.5).
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.StatusCode = StatusCodes.Status412PreconditionFailed;
        response.Headers.ContentType = answer.Entry.ContentType;
        response.ContentLength = 0;
    }

    private static Task<bool> WriteAsync(in SnapshotAnswer answer, SnapshotBody? body, IReadOnlyList<ByteRange>? ranges, BodySource source)
    {
        var (context, entry) = (answer.Context, answer.Entry);
        var response = context.Response;
        var headers = response.Headers;
        response.StatusCode = entry.Status;
        SetHeaders(headers, answer);
        headers[EdgeHeaders.CacheStatus] = CacheStatus;
        if (entry.LastModifiedText.Count > 0)
        {
            headers.LastModified = entry.LastModifiedText;
        }

        if (body is not null && entry.Status == StatusCodes.Status200OK)
        {
            headers.ETag = body.ETag;
            if (body.ContentEncoding is null)
            {
                // Parts are of the uncoded body: who has a part of a coded one can't go on with it.
                headers.AcceptRanges = AcceptRanges;
            }
        }

        if (entry.ContentType.Count > 0)
        {
            headers.ContentType = entry.ContentType;
        }

        if (body is null)
        {
            response.ContentLength = HasNoBody(entry.Status) ? null : 0;
            return BodySending.Done;
        }

        if (body.ContentEncoding is not null)
        {
            headers.ContentEncoding = body.ContentEncoding;
        }

        if (ranges is not null)
        {
            return WriteRangesAsync(response, ranges, body, source);
        }

        response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) || body.Length == 0 ? BodySending.Done : BodySending.SendAsync(response, new ByteRange(0, body.Length - 1), source);
    }

    // What all answers of an entry have, those without its content too (RFC 9110 §15.4.5). By their properties where the server has them: it knows those without looking for their names.
    private static void SetHeaders(IHeaderDictionary headers, in SnapshotAnswer answer)
    {
        var entry = answer.Entry;
        if (entry.Vary.Count > 0)
        {
            headers.Vary = entry.Vary;
        }

        if (entry.Location is not null)
        {
            headers.Location = entry.Location;
        }

        foreach (var (name, value) in entry.OtherHeaders)
        {
            headers[name] = value;
        }

        headers.CacheControl = answer.CacheControl;
        if (answer.DecisionHeader)
        {
            headers[EdgeHeaders.Decision] = answer.Found.From.DecisionHeader(answer.Reason, answer.Scope);
        }
    }

    // Null: none that is to be honoured.
    private static IReadOnlyList<ByteRange>? RangesOf(in SnapshotAnswer answer)
    {
        var request = answer.Context.Request.Headers;
        return answer.Entry.Identity is { } whole && Preconditions.RangeApplies(request.IfRange.ToString(), whole.ETag.ToString(), answer.Entry.LastModified)
            ? ByteRanges.Parse(request.Range.ToString(), whole.Length)
            : null;
    }

    private static Task<bool> WriteRangesAsync(HttpResponse response, IReadOnlyList<ByteRange> ranges, SnapshotBody body, BodySource source)
    {
        if (ranges.Count == 0)
        {
            response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{body.Length}");
            response.ContentLength = 0;
            return BodySending.Done;
        }

        response.StatusCode = StatusCodes.Status206PartialContent;
        if (ranges.Count == 1)
        {
            response.Headers.ContentRange = ranges[0].Of(body.Length);
            response.ContentLength = ranges[0].Length;
            return BodySending.SendAsync(response, ranges[0], source);
        }

        var parts = new MultipartRanges(ranges, body, response.ContentType);
        response.ContentType = parts.ContentType;
        response.ContentLength = parts.Length;
        return WritePartsAsync();

        async Task<bool> WritePartsAsync()
        {
            await parts.WriteAsync(response, range => BodySending.SendAsync(response, range, source), response.HttpContext.RequestAborted);
            return true;
        }
    }

    private static bool HasNoBody(int status) => status is 204 or 304;
}
