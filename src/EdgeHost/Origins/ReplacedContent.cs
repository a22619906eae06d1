using System.Net;

namespace EdgeHost.Origins;

/// <summary>An answer's content with its own headers, read through another stream.</summary>
internal sealed class ReplacedContent : HttpContent
{
    private readonly HttpContent inner;
    private readonly Stream body;

    public ReplacedContent(HttpContent inner, Stream body)
    {
        this.inner = inner;
        this.body = body;
        foreach (var (name, values) in inner.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult(body);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => body.CopyToAsync(stream);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Dispose();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
