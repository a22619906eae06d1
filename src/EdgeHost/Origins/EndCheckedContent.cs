using System.Net;

namespace EdgeHost.Origins;

/// <summary>
/// An HTML body whose only end mark is the end of the connection. The snapshot's copy of the page ends in <c>&lt;/html&gt;</c>;
/// when this one ends without, it was cut, and the visitor's connection must be cut too instead of ending as if all were there.
/// </summary>
internal sealed class EndCheckedContent : HttpContent
{
    private readonly HttpContent inner;
    private readonly OriginCall call;

    public EndCheckedContent(HttpContent inner, OriginCall call)
    {
        this.inner = inner;
        this.call = call;
        foreach (var (name, values) in inner.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    protected override async Task<Stream> CreateContentReadStreamAsync() => new EndCheckedStream(await inner.ReadAsStreamAsync(), call);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await using var body = await CreateContentReadStreamAsync();
        await body.CopyToAsync(stream);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
